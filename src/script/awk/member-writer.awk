# MEMBER_WRITER: the members of a request from lines of a name, a tab and a value in JSON. A name with
# several values gets a list. Each member ends with a comma.
!($1 in values) { names[++n] = $1; values[$1] = $2; next }
{ values[$1] = values[$1] "," $2; many[$1] = 1 }
END {
  for (i = 1; i <= n; i++)
    printf(names[i] in many ? "\"%s\":[%s]," : "\"%s\":%s,", names[i], values[names[i]])
}
