# ---------------------------------------------------------------- export

# audit_export: writes all records of a period, or those of a client, a caller or a role, in a fixed
# order, and a manifest that describes them, so that two exports of the same are identical.
audit_export() {
  [ -n "$v_since" ] && [ -n "$v_until" ] || usage_error 'an export needs a period: --during, or --since and --until'
  now
  epoch "$v_until"
  [ "$v_seconds" -le "$((v_now - 60))" ] ||
    usage_error 'the period must have ended at least a minute ago: the latest records may not be readable yet'
  find_clients
  v_output=${v_output:-vended-audit-$(export_subject)$(printf '%s_%s' "$v_since" "$v_until" | tr -d ':-' | tr _ -)}
  prepare_export
  v_format=jsonl
  v_export_of=$v_members
  v_members="$v_members\"kind\":\"all\","
  v_all=yes
  need_folder
  # Without a subshell, which would outlive a signal to this shell.
  audit_query >"$v_folder/export" || no_room
  into "$v_folder/sorted" sort "$v_folder/export"
  v_export_count=$(awk 'END { print NR }' "$v_folder/sorted")
  v_export_hash=$(sha256 <"$v_folder/sorted")
  [ "${#v_export_hash}" = 64 ] || die 'there is no sha256sum, shasum or openssl for the manifest'
  {
    printf '{"since":"%s","until":"%s",%s"count":%s' "$v_since" "$v_until" "$v_export_of" "$v_export_count"
    [ "$v_export_count" = 0 ] ||
      printf ',"first":"%s","last":"%s"' "$(record_key <"$v_folder/sorted")" "$(tail -n 1 "$v_folder/sorted" | record_key)"
    printf ',"sha256":"%s"}\n' "$v_export_hash"
  } | into "$v_folder/manifest" cat || exit 1
  (cat "$v_folder/sorted" >"$v_new_data" && cat "$v_folder/manifest" >"$v_new_manifest") &&
    [ "$(sha256 <"$v_new_data")" = "$v_export_hash" ] &&
    [ "$(sha256 <"$v_new_manifest")" = "$(sha256 <"$v_folder/manifest")" ] ||
    die "can't write into ${v_output%/*}/; nothing was left there"
  publish_export
  counted "$v_export_count" record
  say "$v_counted in $v_data; its SHA-256 is in $v_manifest"
}

# find_clients: replaces clients' names by their accounts, which the service knows. A name can change
# and get another meaning, even during an export; an account can't.
find_clients() {
  case $NL$v_selected in *"${NL}client$TAB"*) ;; *) return 0 ;; esac
  call /audit/query "{$v_members$(period)\"kind\":\"all\",\"limit\":1}"
  v_accounts=$(printf '%s' "$v_flat" | awk 'sub(/^\/accounts\/[0-9]+=s:/, "") && /^[0-9]+$/ && length == 12')
  [ -n "$v_accounts" ] || die 'the service does not say which account this client has: give --account'
  say "--client is account $(printf '%s' "$v_accounts" | tr '\n' ' ')"
  v_selected=$(
    printf '%s' "$v_selected" | awk -F "$TAB" '$1 != "client"'
    for v_account in $v_accounts; do printf 'account\t"%s"\n' "$v_account"; done
  )
  v_members=$(printf '%s' "$v_selected" | awk -F "$TAB" "$MEMBER_WRITER")
}

# export_subject: a part of the file's name.
export_subject() {
  case $v_members in
  '') ;;
  '"account":"'????????????'",') printf '%s-' "$v_members" | tr -dc '0-9-' ;;
  *) printf 'selected-' ;;
  esac
}

# prepare_export: checks before the download that both files can be written. They are written under
# other names and renamed when both are complete.
prepare_export() {
  case $v_output in */*) ;; *) v_output=./$v_output ;; esac
  v_data=$v_output.jsonl
  v_manifest=$v_output.manifest.json
  v_new_data=$v_data.${v_folder##*.}.new
  v_new_manifest=$v_manifest.${v_folder##*.}.new
  v_published=
  need_free_names
  v_clean_up=drop_export
  (umask 077 && set -C && : >"$v_new_data" && : >"$v_new_manifest") 2>/dev/null ||
    die "can't write into ${v_output%/*}/"
}

need_free_names() {
  need_free_name "$v_data"
  need_free_name "$v_manifest"
}

need_free_name() {
  [ ! -e "$1" ] && [ ! -L "$1" ] ||
    die "$1 exists, and vend does not overwrite it: move it away, or give another --output"
}

# publish_export: the data first and the manifest last, so that a manifest always describes the
# data beside it. Data without a manifest are incomplete.
publish_export() {
  need_free_names
  publish "$v_new_data" "$v_data"
  v_published=data
  publish "$v_new_manifest" "$v_manifest"
  v_published=both
}

# publish NEW NAME: unlike a rename, a link is made only if nothing has the name. Without links,
# the name has been checked just before.
publish() {
  ! ln -- "$1" "$2" 2>/dev/null || return 0
  need_free_name "$2"
  mv -f -- "$1" "$2" || die "can't write $2"
}

drop_export() {
  rm -f -- "$v_new_data" "$v_new_manifest"
  [ "$v_published" != data ] || rm -f -- "$v_data"
  drop_folder
}

# record_key: the vendId and kind of the first record.
record_key() {
  head -n 1 | read_json | awk '
    sub(/^\/vendId=s:/, "") { id = $0 }
    sub(/^\/kind=s:/, "") { kind = $0 }
    END { if ((id "/" kind) ~ /^[A-Za-z0-9\/-]+$/) print id "/" kind }'
}
