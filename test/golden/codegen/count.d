event { @ = count(); }
