# Prints each result of a request: action, caller, role, version, code, detail, differences.
/^\/results\/[0-9]+\// {
  split($0, part, "/")
  n = part[3]
  name = $0
  sub(/^\/results\/[0-9]+\//, "", name)
  sub(/=.*/, "", name)
  sub(/^[^=]*=.:/, "")
  if (name ~ /^differences\//) more[n] = more[n] "\t" $0
  else value[n, name] = $0
  if (n + 1 > count) count = n + 1
}
END {
  for (i = 0; i < count; i++)
    print value[i, "action"] "\t" value[i, "caller"] "\t" value[i, "roleArn"] "\t" value[i, "version"] "\t" value[i, "code"] "\t" value[i, "detail"] more[i]
}
