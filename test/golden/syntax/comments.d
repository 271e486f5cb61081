/* one */ BEGIN /* two */ / /* three */ a /* four */ / /* five
lines */ { /* six */ trace(1 /* seven */); } // eight
// nine /* not nested
END // ten
/b == 1/ // eleven
{
	a = b / /* twelve */ c; // thirteen
	d \
	= 1;
	/**/ e /***/;
}
tick-1s /a/// fourteen
{ }
