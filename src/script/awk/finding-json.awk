BEGIN {
  n = split("kind vendId eventId eventTime roleArn sessionName accessKeyId detail", names, " ")
  printf "{\"since\":\"%s\",\"until\":\"%s\",\"events\":%d,\"records\":%d,\"matched\":%d,\"unreadFiles\":%d,\"notJudged\":[", since, until, events, records, matched, unread
  while (UNJUDGED != "" && (getline row < UNJUDGED) > 0) {
    split(row, part, "\t")
    printf "%s{\"since\":\"%s\",\"until\":\"%s\",\"why\":\"%s\"}", comma, part[1], part[2], quoted(part[3])
    comma = ","
  }
  printf "],\"findings\":["
}
{
  row = ""
  for (i = 1; i <= n; i++) {
    if ($i == "") continue
    row = row (row == "" ? "" : ",") "\"" names[i] "\":\"" quoted($i) "\""
  }
  printf "%s{%s}", (NR > 1 ? "," : ""), row
}
END { print "]}" }
function quoted(word) {
  gsub(/[\\"]/, "\\\\&", word)
  return word
}
