#unknown
#"string"
BEGIN { }
