# ---------------------------------------------------------------- caller: web identity

# from_web_identity: calls AssumeRoleWithWebIdentity, which needs no signature: the token in the
# file AWS_WEB_IDENTITY_TOKEN_FILE identifies the caller.
from_web_identity() {
  read_web_identity
  v_web_round=1
  while :; do
    sts_request
    send
    v_config=
    take_web_identity && return 0
    # STS answers these temporary errors with 400.
    case $v_web_code in IDPCommunicationError | Throttling*) ;; *) break ;; esac
    [ "$v_web_round" -lt 3 ] || break
    v_tries=$v_web_round
    v_asked=0
    pause
    v_web_round=$((v_web_round + 1))
  done
  v_web_token=
  v_tried="$v_tried${NL}  web identity (AWS_WEB_IDENTITY_TOKEN_FILE): $v_web_endpoint: $(outcome)$v_web_why"
  return 1
}

# read_web_identity: reads the settings into $v_web_role, $v_web_session and $v_web_token.
read_web_identity() {
  v_web_role=${AWS_ROLE_ARN-}
  [ -n "$v_web_role" ] || die 'AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not'
  case $v_web_role in
  *[!A-Za-z0-9+=,.@_/:-]*) die "AWS_ROLE_ARN has characters that ARNs don't have" ;;
  arn:aws*:iam::*:role/?*) ;;
  *) die 'AWS_ROLE_ARN must have the form arn:aws:iam::ACCOUNT:role/NAME' ;;
  esac
  now
  v_web_session=${AWS_ROLE_SESSION_NAME:-vend-$v_now}
  case $v_web_session in
  ? | *[!A-Za-z0-9+=,.@_-]*) die 'AWS_ROLE_SESSION_NAME must have 2 to 64 letters, digits and + = , . @ _ -' ;;
  esac
  [ "${#v_web_session}" -le 64 ] || die 'AWS_ROLE_SESSION_NAME must have at most 64 characters'
  [ -r "$AWS_WEB_IDENTITY_TOKEN_FILE" ] && [ ! -d "$AWS_WEB_IDENTITY_TOKEN_FILE" ] ||
    die "can't read the token file that AWS_WEB_IDENTITY_TOKEN_FILE names"
  # One more than the longest that STS accepts.
  v_web_token=$(head -c 20001 <"$AWS_WEB_IDENTITY_TOKEN_FILE" | tr '\000' '\001')
  case $v_web_token in
  '') die 'the token file that AWS_WEB_IDENTITY_TOKEN_FILE names is empty' ;;
  *[!!-~]*) die 'the token in AWS_WEB_IDENTITY_TOKEN_FILE has blanks or control characters in it' ;;
  esac
  [ "${#v_web_token}" -le 20000 ] || die 'the token in AWS_WEB_IDENTITY_TOKEN_FILE is longer than the 20000 characters that STS accepts'
}

# sts_request: makes the config for curl. The token reaches curl on standard input.
sts_request() {
  configured_endpoint || sts_endpoint
  parse_url "$v_web_endpoint" || die "$v_web_named must have the form https://HOST[:PORT]"
  [ "$v_url_scheme" = https ] || is_loopback "$v_url_host" ||
    die "$v_web_named must be https; http is allowed only for this machine (127.0.0.1, localhost, [::1])"
  v_web_endpoint=$v_url_base
  v_config=
  option url "$v_web_endpoint/"
  option proto "=$v_url_scheme"
  option header 'Accept: application/json'
  option user-agent "vend/$VEND_VERSION"
  option data-urlencode 'Action=AssumeRoleWithWebIdentity'
  option data-urlencode 'Version=2011-06-15'
  option data-urlencode "RoleArn=$v_web_role"
  option data-urlencode "RoleSessionName=$v_web_session"
  option data-urlencode "WebIdentityToken=$v_web_token"
  common_options 5 15
  [ "$v_url_scheme" != http ] || option noproxy '*'
  v_max_tries=3
}

# configured_endpoint: takes the endpoint from the variables that the SDKs read, into
# $v_web_endpoint, with the name of the variable in $v_web_named.
configured_endpoint() {
  case ${AWS_IGNORE_CONFIGURED_ENDPOINT_URLS-} in [Tt][Rr][Uu][Ee]) return 1 ;; esac
  v_web_named=AWS_ENDPOINT_URL_STS
  v_web_endpoint=${AWS_ENDPOINT_URL_STS-}
  [ -z "$v_web_endpoint" ] || return 0
  v_web_named=AWS_ENDPOINT_URL
  v_web_endpoint=${AWS_ENDPOINT_URL-}
  [ -n "$v_web_endpoint" ]
}

# sts_endpoint: the endpoint of the region in the role's partition, as in botocore's
# partitions.json.
sts_endpoint() {
  v_web_region=${AWS_REGION:-${AWS_DEFAULT_REGION:-${v_signing_region-}}}
  # The region becomes part of the host that gets the token.
  case $v_web_region in
  '' | -* | *[!a-z0-9-]*) die 'AWS_REGION or AWS_DEFAULT_REGION must have the form eu-west-1' ;;
  esac
  v_web_host=sts
  case ${AWS_USE_FIPS_ENDPOINT-} in [Tt][Rr][Uu][Ee]) v_web_host=sts-fips ;; esac
  case $v_web_role in
  # In this partition the ordinary endpoints are FIPS endpoints.
  arn:aws-us-gov:*) v_web_host='sts' v_web_suffix=amazonaws.com ;;
  arn:aws-cn:*) v_web_suffix=amazonaws.com.cn ;;
  arn:aws-eusc:*) v_web_suffix=amazonaws.eu ;;
  arn:aws-iso:*) v_web_suffix=c2s.ic.gov ;;
  arn:aws-iso-b:*) v_web_suffix=sc2s.sgov.gov ;;
  arn:aws-iso-e:*) v_web_suffix=cloud.adc-e.uk ;;
  arn:aws-iso-f:*) v_web_suffix=csp.hci.ic.gov ;;
  *) v_web_suffix=amazonaws.com ;;
  esac
  v_web_named='the endpoint of STS'
  v_web_endpoint=https://$v_web_host.$v_web_region.$v_web_suffix
}

# take_web_identity: takes the caller from an answer of STS, JSON or XML. Otherwise fails with
# $v_web_code and $v_web_why, which never contain the token.
take_web_identity() {
  v_web_code=
  v_web_why=
  field json || :
  if [ "$v_curl_exit:$v_status" = 0:200 ]; then
    [ "$v_value" = ok ] || v_web_why=", $v_value"
    v_web_path=/AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/Credentials
    if text "$v_web_path/AccessKeyId" && is_key_id "$v_value" && v_caller_id=$v_value &&
      text "$v_web_path/SecretAccessKey" && is_base64 "$v_value" && v_caller_secret=$v_value &&
      text "$v_web_path/SessionToken" && is_base64 "$v_value" && v_caller_token=$v_value; then
      v_web_token=
      v_caller_until=
      v_caller_source='web identity'
      return 0
    fi
    v_web_why=", without credentials$v_web_why"
    return 1
  fi
  [ "$v_curl_exit:$v_value" = 0:ok ] || return 1
  text /Error/Code || text /ErrorResponse/Error/Code || return 1
  case $v_value in *[!A-Za-z0-9.]* | ????????????????????????????????????????*) return 1 ;; esac
  v_web_code=$v_value
  text /Error/Message || text /ErrorResponse/Error/Message || :
  v_web_why=", $v_web_code: $(printf '%.400s' "$v_value")"
  case $v_web_why in *"$v_web_token"*) v_web_why=", $v_web_code" ;; esac
  return 1
}
