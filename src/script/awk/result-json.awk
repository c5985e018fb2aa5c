BEGIN {
  FS = "\t"
  printf "{\"stack\":\"%s\",\"account\":\"%s\",\"region\":\"%s\",\"checks\":[", stack, account, region
}
{
  for (i = 2; i <= 4; i++) gsub(/[\\"]/, "\\\\&", $i)
  printf "%s{\"check\":\"%s\",\"result\":\"%s\",\"detail\":\"%s\"", comma, $2, $1, $3
  if ($4 != "") printf ",\"action\":\"%s\"", $4
  printf "}"
  comma = ","
}
END { printf "],\"passed\":%d,\"failed\":%d,\"notChecked\":%d}\n", passed, failed, NR - passed - failed }
