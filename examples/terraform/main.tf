# Terraform: the provider takes the client's role from a profile that renews itself, kept with
# the code in aws-config beside this file. Where everybody makes the profile once for themselves,
# leave shared_config_files out, and ~/.aws/config counts:
#   vend profile arn:aws:iam::444455556666:role/vended/Deploy --profile client --region eu-west-1 --cache
provider "aws" {
  region              = "eu-west-1"
  profile             = "client"
  shared_config_files = ["${path.module}/aws-config"]

  # Stops a plan against the wrong client.
  allowed_account_ids = ["444455556666"]
}
