BEGIN {
  n = split("kind vendId eventId eventTime roleArn sessionName accessKeyId detail", names, " ")
  printf "{\"since\":\"%s\",\"until\":\"%s\",\"events\":%d,\"records\":%d,\"matched\":%d,\"findings\":[", since, until, events, records, matched
}
{
  row = ""
  for (i = 1; i <= n; i++) {
    if ($i == "") continue
    word = $i
    gsub(/[\\"]/, "\\\\&", word)
    row = row (row == "" ? "" : ",") "\"" names[i] "\":\"" word "\""
  }
  printf "%s{%s}", (NR > 1 ? "," : ""), row
}
END { print "]}" }
