BEGIN /(a == 1/ { }
END /a[1/ { }
