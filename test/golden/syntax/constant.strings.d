BEGIN
{
	""; "plain"; "tab\tnewline\nquote\"backslash\\";
	"octal \101\60\7z"; "hex \x41\x0a"; "ends\0here"; "kept \q \'"; "/* no comment */ // none";
	"é \xc3\xa9";
}
