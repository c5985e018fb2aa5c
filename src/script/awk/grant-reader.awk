# Each line of a file that is no comment, as a JSON string without its quotes; its number in
# the file before it.
NR == 1 { sub(/^\357\273\277/, "") }
{ sub(/\r$/, "") }
/^[ \t]*(#|$)/ { next }
/[\001-\010\013-\037\177]/ { print "bad " NR; exit }
{
  sub(/[ \t]*$/, "")
  gsub(/[\\"]/, "\\\\&")
  gsub(/\t/, "\\t")
  print NR "\t" $0
}
