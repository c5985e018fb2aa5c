# ---------------------------------------------------------------- client rotate

# client_rotate: takes the step that the option names, by default the first one, and says what is
# next. Steps that depend on the trust policies probe all roles first.
client_rotate() {
  find_client "$v_first" || die "there is no client $v_first: vend client list shows all"
  text /rotation/state || :
  v_rotation_state=$v_value
  case $v_rotation:$v_rotation_state in
  start:switched) ;;
  start:* | cancel:*) rotation_step ;;
  *)
    [ -n "$v_rotation_state" ] || die "the ExternalId of client $v_first is not being rotated: vend client rotate $v_first starts that"
    rotation_probes
    rotation_step
    ;;
  esac
  text /rotation/state || :
  case $v_rotation:$v_value in
  cancel:* | finish:*) ;;
  *:started)
    say "vends use the old ExternalId. The client accepts both, in the trust policy of each role: \"sts:ExternalId\": [...]"
    say 'or by updating its stack with the client-role.yaml of this version (an older one has no SecondExternalId) and these parameters:'
    rotation_parameters
    say "then: vend client rotate $v_first --switch (or --cancel)"
    ;;
  *:switched)
    say "vends use the new ExternalId. The client removes the old one from the trust policies, or updates its stack with:"
    rotation_parameters
    say "then: vend client rotate $v_first --finish (or --back)"
    ;;
  esac
}

rotation_step() {
  v_once="look first: vend client show $v_first"
  call /clients/rotate "{\"account\":\"$v_first\",\"step\":\"$v_rotation\"}"
  v_once=
  case $v_rotation in
  finish) say "the ExternalId of client $v_first is rotated: every role refuses the old one, which stays reserved" ;;
  cancel) say "the rotation is cancelled: the client can remove the second ExternalId" ;;
  esac
}

rotation_parameters() {
  printf '%s' "$v_flat" | awk 'sub(/^\/rotation\/templateParameters\//, "") { sub(/=s:/, "="); print }' | cat ||
    no_output
}

# rotation_probes: probes all roles with both ExternalIds, without acting on what is found.
rotation_probes() {
  v_rotate_left=$(client_roles)$NL
  while [ -n "${v_rotate_left%"$NL"}" ]; do
    v_role=${v_rotate_left%%"$NL"*}
    v_rotate_left=${v_rotate_left#*"$NL"}
    is_role_arn "$v_role" || die 'the answer names an invalid role'
    call /probes "{\"roleArn\":\"$v_role\"}"
    text /withExternalId || :
    v_rotate_with=$v_value
    text /withOtherExternalId || :
    case $v_rotation_state in
    started) v_rotate_words="old ExternalId $v_rotate_with, new one $v_value" ;;
    *) v_rotate_words="new ExternalId $v_rotate_with, old one $v_value" ;;
    esac
    printf '%s  %s\n' "$v_role" "$v_rotate_words" | awk "$PLAIN_READER$UTF8_READER" | cat || no_output
    field /passed || :
    [ "$v_value" = true ] || server_lines "$(printf '%s' "$v_flat" | awk 'sub(/^\/findings\/[0-9]+=s:/, "  ")')"
  done
}
