# Terraform: the provider takes the client's role from a profile that renews itself. Make it once:
#   vend profile arn:aws:iam::444455556666:role/vended/Deploy --profile client --cache
# or keep the profile with the code, as in aws-config beside this file.
provider "aws" {
  region              = "eu-west-1"
  profile             = "client"
  shared_config_files = ["${path.module}/aws-config"]

  # Stops a plan against the wrong client.
  allowed_account_ids = ["444455556666"]
}
