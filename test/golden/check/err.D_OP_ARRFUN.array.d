BEGIN { this->x = curthread->comm; }
