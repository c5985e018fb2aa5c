# One request of the lines from a place on: 100 at most, and not too long.
BEGIN { ORS = "" }
NR <= at { next }
{
  line = $0
  sub(/^[^\t]*\t/, "", line)
  size += length(line) + 3
  if (++count > 100 || count > 1 && size > 200000) exit
  print (count == 1 ? "{\"lines\":[" : ",") "\"" line "\""
}
END { print "]" more "}" }
