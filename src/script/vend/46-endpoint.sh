# ---------------------------------------------------------------- endpoint

# find_config: the path of the user's settings, in $v_config_path; fails if there is none. As the
# XDG specification has it, a relative path counts as none.
find_config() {
  case ${XDG_CONFIG_HOME-} in
  /*) v_config_path=$XDG_CONFIG_HOME/vend/config ;;
  *)
    [ -n "${HOME-}" ] || return 1
    v_config_path=$HOME/.config/vend/config
    ;;
  esac
  [ -e "$v_config_path" ] || [ -L "$v_config_path" ]
}

configured_endpoint_of_vend() {
  find_config || return 0
  part more
  take_settings
}

find_endpoint() {
  [ -n "$v_url" ] || configured_endpoint_of_vend
  [ -n "$v_url" ] || usage_error 'where is the service? set VEND_URL, give --url, or write url = https://... into ~/.config/vend/config'
  parse_url "$v_url" || usage_error 'the URL must have the form https://HOST[:PORT][/PATH], without a user, query, %, or . and .. in the path'
  [ "$v_url_scheme" = https ] || is_loopback "$v_url_host" ||
    usage_error 'the URL must be https; http is allowed only for this machine (127.0.0.1, localhost, [::1])'
  v_endpoint=$v_url_base
  v_endpoint_scheme=$v_url_scheme
  v_host_region=
  case $v_url_host in
  *.execute-api.*.amazonaws.com | *.execute-api.*.amazonaws.com.cn)
    v_host_region=${v_url_host#*.execute-api.}
    v_host_region=${v_host_region%%.*}
    ;;
  esac
  v_signing_region=${v_api_region:-${v_host_region:-${AWS_REGION:-${AWS_DEFAULT_REGION:-}}}}
  [ -n "$v_signing_region" ] || [ "$v_command" != profile ] ||
    usage_error "which region is the service in? the URL doesn't say: set AWS_REGION (--region is the profile's)"
  [ -n "$v_signing_region" ] || usage_error "which region is the service in? the URL doesn't say: set AWS_REGION, or give --region"
  case $v_signing_region in
  *[!a-z0-9-]* | -*) usage_error 'the region must have the form eu-west-1' ;;
  esac
}
