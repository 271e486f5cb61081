BEGIN { a = ; } /* @@flags: argument */
