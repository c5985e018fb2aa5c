# ---------------------------------------------------------------- grant apply

# @awk grant-reader

grant_apply() {
  [ "$v_first" = - ] || { [ -f "$v_first" ] && [ -r "$v_first" ]; } || usage_error "can't read the file"
  make_folder
  # A truncated file would name fewer grants, and the others would be removed.
  need_folder
  if [ "$v_first" = - ]; then cat; else cat -- "$v_first"; fi >"$v_folder/input" || die "can't copy the whole file into $v_folder"
  tr '\000' '\001' <"$v_folder/input" | into "$v_folder/lines" awk "$GRANT_READER" || exit 1
  ! grep -q '^bad ' "$v_folder/lines" ||
    die "line $(tail -n 1 "$v_folder/lines" | tr -dc 0-9) of the file has control characters in it; nothing was changed"
  [ -s "$v_folder/lines" ] ||
    die 'the file has no grants, so it would remove all of them; if you mean that, use vend grant remove or vend stop'
  plan_file
  print_plan "$PLAN_PRINTER" "$v_folder/plan" | cat || no_output
  say "$(awk "$PLAN_COUNTER" "$v_folder/plan")"
  if grep -q '^refused' "$v_folder/plan"; then
    die 'nothing was changed, because the service would refuse some of it: fix the lines marked with !'
  fi
  awk -F '\t' '$1 != "keep" { found = 1 } END { exit !found }' "$v_folder/plan" || return 0
  [ -z "$v_dry_run" ] || return 0
  [ -n "$v_yes" ] || ask
  carry_out
}

ask() {
  (: </dev/tty) 2>/dev/null || die 'there is no terminal to ask for confirmation, and nothing was changed: check the plan, then give --yes'
  printf 'Change this? (yes or no) ' >/dev/tty
  v_reply=
  read -r v_reply </dev/tty || :
  [ "$v_reply" = yes ] || die 'nothing was changed'
}

# plan_file: writes to $v_folder/plan what would happen to each line and to grants that no line
# names. The latter would be removed, so the plan must be complete.
plan_file() {
  run_lines lines plan ',"plan":true' compared
  if grep -q '^failed' "$v_folder/plan"; then die 'the service could not make the plan; nothing was changed, try again'; fi
  [ "$(awk 'END { print NR }' "$v_folder/plan")" -eq "$v_total" ] ||
    die 'the plan is incomplete; nothing was changed'
  v_twice=$(awk -F '\t' 'seen[$2 FS $3]++ { print $2 " -> " $3; exit }' "$v_folder/plan")
  [ -z "$v_twice" ] || die "the file names this grant twice; nothing was changed: $v_twice"
  into "$v_folder/gone" :
  [ -n "$v_keep_others" ] || find_others
  cat "$v_folder/gone" >>"$v_folder/plan" || no_room
}

find_others() {
  into "$v_folder/there" :
  v_cursor=
  while :; do
    call /grants/list "{\"limit\":200${v_cursor:+,\"cursor\":\"$v_cursor\"}}"
    printf '%s' "$v_flat" | onto "$v_folder/there" list_grants || exit 1
    say_corrupt
    next_page || break
  done
  # shellcheck disable=SC2016
  into "$v_folder/gone" awk -F '\t' \
    'FNR == NR { named[$2 "\t" $3] = 1; next } !(($1 "\t" $2) in named) { print "remove\t" $0 }' \
    "$v_folder/plan" "$v_folder/there"
}

# say_corrupt: names the rows of a page that can't be read; succeeds if there are any.
say_corrupt() {
  v_corrupt=$(printf '%s' "$v_flat" | awk 'sub(/^\/corrupt\/[0-9]+=s:/, "  ")')
  [ -n "$v_corrupt" ] || return 1
  say "these rows can't be read and are left out:"
  server_lines "$v_corrupt"
}

# @awk batch-writer

# @awk line-sorter

# run_lines FILE RESULTS MORE WORD: sends the lines, and again those that failed or that the service
# did not start, until each has a result. A change that was or may have been made is not sent again:
# it could restore a grant that somebody removed in between.
run_lines() {
  v_total=$(awk 'END { print NR }' "$v_folder/$1")
  v_at=0
  v_again=0
  # shellcheck disable=SC2016
  into "$v_folder/todo" awk '{ print NR "\t" $0 }' "$v_folder/$1"
  into "$v_folder/ended" :
  while [ "$v_at" -lt "$v_total" ]; do
    into "$v_folder/request" awk -v more="$3" "$BATCH_WRITER" "$v_folder/todo"
    v_expected=400
    [ "$1" != steps ] || v_once='run the command again: it makes a new plan and keeps what was done'
    post /grants/apply "@$v_folder/request"
    v_expected='' v_once=''
    [ "$v_status" = 200 ] || lines_refused "$1"
    printf '%s' "$v_flat" | into "$v_folder/results" awk -v LIST=results -v COLUMNS="action caller roleArn version code detail" -v MORE=differences "$LIST_READER" || exit 1
    v_done=$(awk 'END { print NR }' "$v_folder/results")
    [ "$v_done" -gt 0 ] && [ "$((v_at + v_done))" -le "$v_total" ] || die "the results in the answer don't match the request"
    failed_lines
    sort_lines
    v_at=$((v_at + v_done))
    progress "$4"
    [ "$v_failed" = 0 ] || [ -n "$v_resend" ] || break
  done
  [ "$v_total" -le 100 ] || [ ! -t 2 ] || printf '\n' >&2
  into "$v_folder/sorted" sort -n "$v_folder/ended"
  into "$v_folder/$2" awk '{ sub(/^[0-9]+\t/, ""); print }' "$v_folder/sorted"
}

# failed_lines: sets v_resend if lines failed and may be sent again, and waits.
failed_lines() {
  v_resend=''
  v_failed=$(awk -F '\t' '$1 == "failed" { n++ } END { print n + 0 }' "$v_folder/results")
  if [ "$v_failed" -lt "$v_done" ]; then v_again=0; fi
  [ "$v_failed" -gt 0 ] && [ "$v_again" -lt 3 ] &&
    ! grep -q "^failed.*${TAB}unsure$TAB" "$v_folder/results" || return 0
  v_resend=1
  v_done=$((v_done - v_failed))
  v_again=$((v_again + 1))
  v_tries=$v_again v_asked=0
  pause
}

# sort_lines: moves the lines that have a result from the file todo to the file ended.
sort_lines() {
  onto "$v_folder/ended" awk -v RESULTS="$v_folder/results" -v AGAIN="$v_resend" "$LINE_SORTER" "$v_folder/results" "$v_folder/todo"
  into "$v_folder/left" awk -v RESULTS="$v_folder/results" -v AGAIN="$v_resend" -v LEFT=1 "$LINE_SORTER" "$v_folder/results" "$v_folder/todo"
  into "$v_folder/todo" cat "$v_folder/left"
}

# progress WORD: on one line of a terminal, otherwise a line for each thousand.
progress() {
  [ "$v_total" -gt 100 ] || return 0
  if [ -t 2 ]; then
    printf '\rvend: %s %s of %s' "$v_at" "$1" "$v_total" >&2
  elif [ "$((v_at / 1000))" -gt "$(((v_at - v_done) / 1000))" ] || [ "$v_at" -ge "$v_total" ]; then
    say "$v_at of $v_total $1"
  fi
}

# lines_refused FILE: prints the errors with the line numbers of the administrator's file.
lines_refused() {
  v_refused_n=0
  if [ "$v_action" = put ]; then
    say 'the grant is not valid, and nothing was changed:'
  elif [ "$1" = steps ]; then
    counted "$v_total" step
    say "done: $v_at of $v_counted; for the rest the service says:"
  else
    say 'the file is not valid, and nothing was changed:'
  fi
  while text "/errors/$v_refused_n/pointer"; do
    v_refused_where=${v_value#/lines/}
    text "/errors/$v_refused_n/detail" || :
    v_refused_line=${v_refused_where%%/*}
    case $v_action:$v_refused_line in
    put:*) server_says "  $(place_words "${v_refused_where#"$v_refused_line"}") $v_value" ;;
    *: | *:*[!0-9]* | *:?????*) server_says "  $v_refused_where: $v_value" ;;
    *)
      v_refused_rest=${v_refused_where#"$v_refused_line"}
      v_refused_line=$(awk -F '\t' -v at="$((v_refused_line + 1))" 'NR == at { print $2; exit }' "$v_folder/todo")
      server_says "  line $v_refused_line: ${v_refused_rest#/}${v_refused_rest:+ }$v_value"
      ;;
    esac
    v_refused_n=$((v_refused_n + 1))
  done
  exit 1
}

# @awk refusal-words

# @awk plan-printer

# @awk fault-printer

# @awk plan-counter

# @awk step-writer

print_plan() {
  printf '%s\n' "$ADVICE" | into "$v_folder/advice" cat || exit 1
  awk -v ADVICE="$v_folder/advice" -v ACTION="$v_action" "$1$REFUSAL_WORDS" "$2"
}

carry_out() {
  if grep -q '^refused' "$v_folder/plan"; then
    print_plan "$PLAN_PRINTER" "$v_folder/plan" >&2
    die 'refused'
  fi
  into "$v_folder/steps" awk -v GONE="$v_folder/gone" -v LINES="$v_folder/lines" "$STEP_WRITER" \
    "$v_folder/gone" "$v_folder/lines" "$v_folder/plan"
  run_lines steps outcome '' changed
  # shellcheck disable=SC2016
  into "$v_folder/faults" awk -F '\t' '$1 == "refused" || $1 == "failed"' "$v_folder/outcome"
  if [ -s "$v_folder/faults" ]; then
    [ "$v_action" != put ] || ! grep -q "${TAB}version_conflict$TAB" "$v_folder/faults" || grant_moved
    print_plan "$FAULT_PRINTER" "$v_folder/faults" >&2
    v_made=$(awk -F '\t' '$1 != "refused" && $1 != "failed"' "$v_folder/outcome" | awk 'END { print NR }')
    [ "$v_action" != put ] || die 'the grant was not changed'
    counted "$v_total" step
    die "not done: $((v_total - v_made)) of $v_counted; run the command again"
  fi
  if [ -s "$v_folder/outcome" ]; then
    say "$(awk "$OUTCOME_COUNTER" "$v_folder/outcome")"
  else
    say 'nothing to change'
  fi
}

# @awk outcome-counter
