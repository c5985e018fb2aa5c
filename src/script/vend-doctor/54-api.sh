# ---------------------------------------------------------------- the API

ROUTES='/credentials /roles /probes /clients/put /clients/list /clients/suspend /clients/remove /clients/rotate /clients/activate
/grants/put /grants/apply /grants/list /grants/remove /audit/query /audit/caller /audit/report /audit/reconcile
/access/list /access/why /access/status /mine/audit /mine/grants /mine/suspend'

check_api() {
  v_routes=
  resource api Api || return 0
  v_api=$v_value
  check_api_policy
  check_stage
  check_routes
}

check_api_policy() {
  ask apigateway get-rest-api --rest-api-id "$v_api" || {
    unanswered api-policy
    return 0
  }
  if text /policy; then
    policy_text "$v_value" || {
      not_checked api-policy "the answer has a policy that can't be read"
      return 0
    }
  else
    v_flat=
  fi
  parameter CallerAccounts
  set -- -v "CALLERS=$v_value"
  parameter AdministratorArns
  set -- "$@" -v "ADMINISTRATORS=$v_value"
  parameter ClientView
  set -- "$@" -v "VIEW=$v_value"
  parameter AuditorArns
  judge api "$@" -v "AUDITORS=$v_value" -v "ACCOUNT=$v_account"
  if [ -n "$v_faults" ]; then
    failed api-policy "$v_faults" "$UPDATE; if the template is this release's, find out who changed the API (CloudTrail, UpdateRestApi)"
  else
    passed api-policy 'it opens what the parameters name, and nothing in this account'
  fi
}

# check_stage: API Gateway's own logs would contain whole answers, credentials included. And the stage
# serves what was deployed to it, not the policy and the routes that the API has now.
check_stage() {
  ask apigateway get-stage --rest-api-id "$v_api" --stage-name v1 || {
    unanswered api-stage
    return 0
  }
  text /deploymentId || :
  v_deployment=$v_value
  v_faults=$(
    printf '%s' "$v_resources" | awk -F '\t' -v served="$v_deployment" '
      $3 == "AWS::ApiGateway::Deployment" && $2 == served { found = 1 }
      END { if (!found) print "it serves a deployment that the stack did not make (" served ")" }'
    printf '%s' "$v_flat" | awk '
    /^\/methodSettings\/.*\/dataTraceEnabled=b:true$/ { print "it logs requests and answers, credentials included (dataTraceEnabled)" }
    /^\/methodSettings\/.*\/loggingLevel=s:/ && !/=s:OFF$/ { print "it logs executions (loggingLevel)" }
    /^\/canarySettings=o:/ { print "a canary deployment gets a part of the calls" }
    /^\/accessLogSettings\/destinationArn=s:./ { log_there = 1 }
    END { if (!log_there) print "it has no access log" }'
  )
  v_faults=$(printf '%s' "$v_faults" | awk '!seen[$0]++ { printf "%s%s", comma, $0; comma = "; " }')
  if [ -n "$v_faults" ]; then
    failed api-stage "$v_faults" 'set the stage back to what the template says, and find out who changed it (CloudTrail, UpdateStage, CreateDeployment); if credentials were logged, delete those logs'
  else
    passed api-stage 'it serves the deployment of the stack, has an access log, and logs no requests and answers'
  fi
}

# check_routes: each method asks for a signature and calls the alias of its function. A changed
# integration could name any caller.
check_routes() {
  ask apigateway get-resources --rest-api-id "$v_api" --embed methods || {
    unanswered api-routes
    return 0
  }
  v_routes=$(elements /items 'path id')$NL
  v_faults=$(
    elements /items 'path resourceMethods/POST/authorizationType resourceMethods/POST/methodIntegration/type resourceMethods/POST/methodIntegration/uri' |
      awk -F '\t' -v routes="$(printf '%s' "$ROUTES" | tr '\n' ' ')" -v stack="$v_stack" -v account="$v_account" '
        function suffix(path) {
          if (path ~ /^\/(credentials|roles|probes)$/) return "vend"
          if (path ~ /^\/mine\//) return "mine"
          return path ~ /^\/(audit|access)\// ? "audit" : "admin"
        }
        BEGIN { n = split(routes, list, " "); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
        $1 in wanted {
          there[$1] = 1
          if ($2 != "AWS_IAM") { print $1 " asks for no signature (" $2 ")"; next }
          if ($3 != "AWS_PROXY" || index($4, ":" account ":function:" stack "-" suffix($1) ":live/invocations") == 0)
            print $1 " does not go to the alias of its function"
          next
        }
        $2 $3 $4 != "" { print $1 " is a route that the template does not have" }
        END { for (i = 1; i <= n; i++) if (!(list[i] in there)) print list[i] " is missing" }' |
      head -n 5 | awk '{ printf "%s%s", comma, $0; comma = "; " }'
    printf '%s' "$v_flat" | awk '
      match($0, /^\/items\/[0-9]+\/resourceMethods\/[A-Z]+\//) && !/\/resourceMethods\/POST\// { method = 1 }
      END { if (method) printf "; a route has another method than POST" }'
  )
  if [ -n "$v_faults" ]; then
    failed api-routes "${v_faults#; }" 'deploy again, and find out who changed the API (CloudTrail, PutIntegration, UpdateMethod)'
  else
    passed api-routes 'all ask for a signature and call the alias of their function'
  fi
}
