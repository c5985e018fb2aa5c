"""Updates the stack of an earlier release, with its rows, in moto, and prints what there is before and after.

Usage: upgrade.py TEMPLATES RELEASE, where translate.py has printed the release's template.yaml and this one, and
RELEASE is the folder with its rows. Exit code 3: moto is not installed.
"""

import json
import os
import sys

from redeploy import body, boto3, mock_aws, tables

# Their names changed once (docs/operations.md, "Upgrading"), and moto can't give a role another name.
RENAMED = ("AdminRole", "AuditRole")


def fill(dynamodb, release):
    for table in dynamodb.list_tables()["TableNames"]:
        file = "allow-list.json" if "AllowList" in table else "audit.json"
        with open(os.path.join(release, file), encoding="utf-8") as rows:
            for row in json.load(rows):
                dynamodb.put_item(TableName=table, Item=row)


def kept(template):
    for role in RENAMED:
        template["Resources"].pop(role, None)
    for resource in template["Resources"].values():
        resource.pop("DependsOn", None)
    return body(template)


def main(old, new, release):
    result = {}
    with mock_aws():
        stacks, dynamodb, iam = (boto3.client(name) for name in ("cloudformation", "dynamodb", "iam"))

        def look(when):
            vendor = iam.get_role(RoleName="vended-vendor")["Role"]
            result[when] = {"tables": tables(dynamodb), "vendorRole": vendor["RoleId"]}

        stacks.create_stack(StackName="vended", TemplateBody=kept(old))
        fill(dynamodb, release)
        look("before")
        stacks.update_stack(StackName="vended", TemplateBody=kept(new))
        look("after")
    print(json.dumps(result))


with open(sys.argv[1], encoding="utf-8") as file:
    main(*json.load(file)["templates"], sys.argv[2])
