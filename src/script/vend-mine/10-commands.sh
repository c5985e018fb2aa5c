# ---------------------------------------------------------------- commands

command_mine() {
  v_keep_caller=yes
  v_action=${1-}
  case $v_action in
  audit | grants | suspend | resume) shift ;;
  -h | --help)
    print_help help_mine
    exit 0
    ;;
  '') usage_error 'vend mine audit, grants, suspend or resume' ;;
  *) usage_error "vend mine has no such command" ;;
  esac
  mine_arguments "$@"
  case $v_action in
  audit) mine_audit ;;
  grants) mine_grants ;;
  suspend) mine_suspend true ;;
  resume) mine_suspend false ;;
  esac
}

mine_arguments() {
  v_since='' v_until='' v_all='' v_limit='' v_progress='' v_if_version=''
  v_format=table
  each_argument mine_argument "$@"
}

takes_value() {
  case $v_argument in
  --url | --region | --as | --format | --since | --until | --limit | --if-version) ;;
  *) return 1 ;;
  esac
}

# A command rejects options that it would ignore.
mine_argument() {
  case $v_action:$v_argument in
  *:--url | *:--region | *:--as | *:--verbose) take_argument ;;
  *:-h | *:--help)
    print_help help_mine
    exit 0
    ;;
  audit:--since)
    past_moment
    v_since=$v_moment
    ;;
  audit:--until)
    past_moment
    v_until=$v_moment
    ;;
  audit:--limit | grants:--limit)
    is_number "$v_given" && [ "${#v_given}" -le 4 ] && [ "$v_given" != 0 ] || usage_error '--limit takes a number from 1'
    v_limit=$v_given
    ;;
  audit:--all | grants:--all) v_all=yes ;;
  audit:--format | grants:--format)
    case $v_given in table | json | jsonl) v_format=$v_given ;; *) usage_error '--format is table, json or jsonl' ;; esac
    ;;
  suspend:--format | resume:--format)
    case $v_given in table | json) v_format=$v_given ;; *) usage_error '--format is table or json' ;; esac
    ;;
  resume:--if-version)
    is_number "$v_given" && [ "${#v_given}" -le 9 ] || usage_error '--if-version takes the version that you saw'
    v_if_version=$v_given
    ;;
  *:-?*) usage_error "$(printf 'vend mine %s has no %.40s' "$v_action" "$v_argument")" ;;
  *) usage_error "vend mine $v_action takes options only" ;;
  esac
}

mine_audit() {
  make_folder
  print_pages /mine/audit "${v_since:+\"since\":\"$v_since\",}${v_until:+\"until\":\"$v_until\",}" 1000 records
  [ "$v_printed" -gt 0 ] || say 'no records; without --since, of the last seven days. The newest records appear after some seconds'
}

mine_grants() {
  make_folder
  print_pages /mine/grants '' 200 grants
  [ "$v_printed" -gt 0 ] || say 'nobody has a grant of a role of yours'
  mine_doors
}

# mine_doors: says who has suspended the account, which the lists of grants do not.
mine_doors() {
  call /mine/grants '{"limit":1}'
  if field /suspension/suspended && [ "$v_value" = true ]; then
    v_doors_version=
    field /suspension/version && is_number "$v_value" && v_doors_version=", version $v_value" || :
    say "your account is suspended by itself$v_doors_version: nothing is vended until vend mine resume; vend mine audit says who did it"
  fi
  if field /suspendedByVendor && [ "$v_value" = true ]; then
    say 'the vendor has suspended your account: nothing is vended until the vendor resumes'
  fi
}

# mine_suspend FLAG: a suspension can be sent again, a resumption can't: a colleague may have
# suspended in between.
mine_suspend() {
  v_once=
  [ "$1" = true ] || v_once='look first: vend mine audit --limit 5'
  [ "$v_format" != json ] || v_want_compact=1
  call /mine/suspend "{\"suspended\":$1${v_if_version:+,\"version\":$v_if_version}}"
  v_once=
  if [ "$v_format" = json ]; then
    compact_json | cat || no_output
    return
  fi
  field /suspension/suspended && [ "$v_value" = "$1" ] || die "the answer is not that of a suspension; look: vend mine audit --limit 5"
  if [ "$1" = true ]; then
    say 'suspended: nothing is vended in your account until vend mine resume; sessions that are under way last an hour at most'
  else
    say 'resumed'
    field /suspendedByVendor && [ "$v_value" = true ] &&
      say 'the vendor has suspended your account, too: nothing is vended until the vendor resumes' || :
  fi
}
