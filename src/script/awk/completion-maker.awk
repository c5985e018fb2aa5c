# Makes the arms of a case of the help of all commands: which words can follow, and which options.
# The first input is the overview, the second has the help of each command, with a tab between the
# command and each line.
function words_of(text, command,   n, k, word, list, parts) {
  # "vend client put|list ACCOUNT, vend client show" has put, list and show.
  # Descriptions come after two blanks.
  sub(/^ +/, "", text)
  sub(/  .*$/, "", text)
  n = split(text, word, " ")
  for (k = 1; k + 2 <= n; k++) {
    if (word[k] != "vend" || word[k + 1] != command || word[k + 2] !~ /^[a-z]+(\|[a-z]+)*,?$/) continue
    sub(/,$/, "", word[k + 2])
    list = split(word[k + 2], parts, "|")
    for (; list > 0; list--) add(following, command, parts[list])
  }
}
function add(where, command, word) {
  if ((command, word) in got) return
  got[command, word] = 1
  where[command] = where[command] (where[command] == "" ? "" : " ") word
}
FNR == NR {
  if (/^[^ ]/ && !/^vend/) done = 1
  if (done) next
  overview[++lines] = $0
  next
}
{
  command = substr($0, 1, index($0, "\t") - 1)
  line = substr($0, index($0, "\t") + 1)
  if (!(command in known)) {
    known[command] = 1
    order[++commands] = command
    for (i = 1; i <= lines; i++) words_of(overview[i], command)
  }
  if (line ~ /^ *vend /) words_of(line, command)
  while (match(line, /--[a-z]+(-[a-z]+)*/)) {
    add(options, command, substr(line, RSTART, RLENGTH))
    line = substr(line, RSTART + RLENGTH)
  }
}
END {
  for (i = 1; i <= commands; i++) all = all (i > 1 ? " " : "") order[i]
  following["help"] = all
  for (i = 1; i <= commands; i++) {
    command = order[i]
    printf "  %s) vend_words=\047%s\047 vend_options=\047%s\047 ;;\n", command, following[command], options[command]
  }
  printf "  \047\047) vend_words=\047%s\047 ;;\n", all
}
