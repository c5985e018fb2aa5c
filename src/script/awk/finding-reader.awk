/^\/findings\/[0-9]+\// {
  split($0, part, "/")
  name = part[4]
  sub(/=.*/, "", name)
  sub(/^[^=]*=.:/, "")
  value[part[3], name] = $0
  if (part[3] + 1 > count) count = part[3] + 1
}
END {
  n = split("kind vendId eventId eventTime roleArn sessionName accessKeyId detail", names, " ")
  for (i = 0; i < count; i++) {
    row = ""
    for (j = 1; j <= n; j++) row = row (j > 1 ? "\t" : "") value[i, names[j]]
    print row
  }
}
