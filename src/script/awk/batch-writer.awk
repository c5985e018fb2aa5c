# Writes one request with the lines after line `at`: at most 100 lines and 200,000 bytes.
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
