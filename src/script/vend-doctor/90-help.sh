# ---------------------------------------------------------------- help

help_doctor() {
  cat <<'HELP'
vend doctor [OPTION...]     for operators: is the deployed stack as it must be?

Run it after each deployment, with the AWS CLI and credentials of the vendor's account that may
read it. It checks the stack, the tables and their policies, the roles, the functions, the
API, the alarms, the evidence, and who in the account could go past the service.
  --stack NAME              default: vended
  --accept ARN              a user or role that may do so, such as the deployment role;
                            repeatable
  --limit N                 ask about at most N users and roles (default 1000)
  --probe ROLE_ARN          also probe this client role and vend it through the API, read the
                            records back, and attempt what must be refused. The records stay;
                            nothing else is changed. Needs a grant for the role, and the
                            policies of callers and administrators.
  --format table|json
  --region REGION           the stack's region, if not that of the AWS CLI
  --as PROFILE              call the API with this profile's credentials; the AWS CLI uses its
                            own (AWS_PROFILE, ...)
  --url URL                 the API, instead of the stack's output VendUrl

One line for each check: passed; failed, with what to do; not checked, with the reason.
docs/first-deploy.md says what each means. Exit codes: 0 all passed; 1 a check failed; 2 usage
error; 4 none failed, but some could not be made.
HELP
}
