# ---------------------------------------------------------------- why

# why: explains one decision. Exit code 3 if it would not be vended now.
why() {
  if [ -n "$v_second" ]; then
    is_caller_arn "$v_first" || usage_error 'which caller? give the ARN of its IAM role or user: arn:aws:iam::ACCOUNT:role/NAME'
    is_role_arn "$v_second" || usage_error 'which client role? give its ARN after the caller'
    v_why="\"caller\":\"$v_first\",\"roleArn\":\"$v_second\""
  else
    is_vend_id "$v_first" ||
      usage_error 'why what? give a vendId, which an error or a record has, or a CALLER and a ROLE'
    v_why="\"vendId\":\"$v_first\""
  fi
  ask_access /access/why "$v_why,"
  v_answer=vendedNow
  print_access
}

# ---------------------------------------------------------------- status

# status: whether anything needs attention. Exit code 3 if so.
status() {
  ask_access /access/status ''
  v_answer=allRight
  print_access
}

# ---------------------------------------------------------------- answers

# ask_access PATH MEMBERS
ask_access() {
  [ "$v_format" != json ] || v_want_compact=1
  call "$1" "{$2\"format\":\"$v_format\"}"
  v_want_compact=0
}

# print_access: prints the answer; the exit code is 0 if its member $v_answer is true, 3 if it is
# false.
print_access() {
  if [ -n "$v_quiet" ]; then
    :
  elif [ "$v_format" = json ]; then
    compact_json | cat || no_output
  else
    printf '%s' "$v_flat" | awk 'sub(/^\/table\/[0-9]+=s:/, "")' | awk "$PLAIN_READER$UTF8_READER" | cat || no_output
  fi
  field "/$v_answer" && [ "$v_kind" = b ] || die "the answer lacks $v_answer"
  [ "$v_value" = true ] || exit 3
}
