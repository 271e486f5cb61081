BEGIN /a == 1/
