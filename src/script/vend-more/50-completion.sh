# ---------------------------------------------------------------- vend completion

# @awk completion-maker

command_completion() {
  v_action='' v_taken=0
  each_argument completion_argument "$@"
  case $v_action in
  bash | zsh)
    need cat mkdir od rm
    make_folder
    completion_words
    "completion_$v_action" | cat || no_output
    ;;
  aliases)
    load_settings
    printf '%s' "$v_settings" | awk -F = 'sub(/^alias\./, "", $1) { print $1 }' || no_output
    ;;
  *) usage_error 'for which shell? vend completion bash, or zsh' ;;
  esac
}

completion_argument() {
  case $v_argument in
  -h | --help)
    print_help help_completion
    exit 0
    ;;
  -?*) usage_error "$(printf 'vend completion has no %.40s' "$v_argument")" ;;
  *)
    [ -z "$v_action" ] || usage_error 'one shell at a time'
    v_action=$v_argument
    ;;
  esac
}

# completion_words: leaves the arms of the case in $v_arms. Each command's words and options are those
# of its help. A command whose file is missing has none, and is left out.
completion_words() {
  help_overview >"$v_folder/overview"
  printf 'help\tvend help\nversion\tvend version\n' >"$v_folder/helps"
  # shellcheck disable=SC2013 # words are wanted
  for v_command in $(awk '
    /^[^ ]/ && !/^vend/ { exit }
    /^  vend / {
      n = split($0, word, " ")
      for (i = 1; i < n; i++) {
        sub(/,$/, "", word[i + 1])
        if (word[i] == "vend" && word[i + 1] ~ /^[a-z]+$/ && !(word[i + 1] in seen)) print word[i + 1]
        if (word[i] == "vend") seen[word[i + 1]] = 1
      }
    }' "$v_folder/overview"); do
    case $v_command in help | version) continue ;; esac
    (command_help "$v_command") 2>/dev/null |
      awk -v command="$v_command" '{ print command "\t" $0 }' >>"$v_folder/helps"
  done
  v_arms=$(awk "$COMPLETION_MAKER" "$v_folder/overview" "$v_folder/helps")
}

completion_bash() {
  cat <<'BASH'
# Completion of vend for bash, made by: vend completion bash
_vend() {
  local current=${COMP_WORDS[COMP_CWORD]} command= vend_words= vend_options= i alias
  [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
  COMPREPLY=()
  case $command in
BASH
  printf '%s\n' "$v_arms"
  cat <<'BASH'
  esac
  if [ "$command" = exec ]; then
    for ((i = 2; i < COMP_CWORD; i++)); do
      [ "${COMP_WORDS[i]}" = -- ] || continue
      [ "$((i + 1))" -lt "$COMP_CWORD" ] || COMPREPLY=($(compgen -c -- "$current"))
      return
    done
  fi
  case $current in
  -*) COMPREPLY=($(compgen -W "$vend_options" -- "$current")) ;;
  *)
    [ "$COMP_CWORD" -gt 2 ] || COMPREPLY=($(compgen -W "$vend_words" -- "$current"))
    case $command in
    credentials | exec | profile)
      while IFS= read -r alias; do
        case $alias in "$current"*) COMPREPLY+=("$(printf %q "$alias")") ;; esac
      done < <(vend completion aliases 2>/dev/null)
      ;;
    esac
    ;;
  esac
}
complete -o default -F _vend vend
BASH
}

completion_zsh() {
  cat <<'ZSH'
#compdef vend
# Completion of vend for zsh, made by: vend completion zsh
_vend() {
  local command= vend_words= vend_options=
  (( CURRENT > 2 )) && command=$words[2]
  case $command in
ZSH
  printf '%s\n' "$v_arms"
  cat <<'ZSH'
  esac
  if [[ $command = exec ]]; then
    local at=${words[(i)--]}
    if (( at < CURRENT )); then
      (( CURRENT -= at ))
      shift at words
      _normal
      return
    fi
  fi
  if [[ $words[CURRENT] = -* ]]; then
    compadd -- ${=vend_options}
  elif (( CURRENT <= 3 )) && [[ -n $vend_words ]]; then
    compadd -- ${=vend_words}
  else
    case $command in
    credentials | exec | profile) compadd -- ${(f)"$(vend completion aliases 2>/dev/null)"} ;;
    esac
    _files
  fi
}
if [[ $funcstack[1] = _vend ]]; then _vend "$@"; else compdef _vend vend; fi
ZSH
}

help_completion() {
  cat <<'HELP'
vend completion bash|zsh

Prints a script with which the shell completes vend's commands, options and your aliases.
  bash   vend completion bash > ~/.local/share/bash-completion/completions/vend
  zsh    vend completion zsh > "${fpath[1]}/_vend"
HELP
}
