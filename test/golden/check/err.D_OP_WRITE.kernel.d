BEGIN { `jiffies = 0; }
