# ---------------------------------------------------------------- callers

is_caller_arn() {
  case $1 in
  *[!A-Za-z0-9+=,.@_/:-]*) return 1 ;;
  arn:aws:iam::*:role/?* | arn:aws:iam::*:user/?* | arn:aws-[a-z]*:iam::*:role/?* | arn:aws-[a-z]*:iam::*:user/?*) ;;
  *) return 1 ;;
  esac
}
