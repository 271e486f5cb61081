/* @@arguments: 99999999999999999999 */
BEGIN { a = $1; }
