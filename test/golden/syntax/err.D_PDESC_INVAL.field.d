7 { } /* @@flags: argument modules */
