# Writes one request with the first lines: at most 100 lines and 200,000 bytes. The two fields before
# a line are its numbers in the run and in the file.
BEGIN { ORS = "" }
{
  line = $0
  sub(/^[^\t]*\t[^\t]*\t/, "", line)
  size += length(line) + 3
  if (++count > 100 || count > 1 && size > 200000) exit
  print (count == 1 ? "{\"lines\":[" : ",") "\"" line "\""
}
END { print "]" more "}" }
