"""Creates, fills, deletes and creates the stack in moto, and prints what there is each time, as JSON.

Usage: redeploy.py TEMPLATES, where translate.py has printed template.yaml and import.yaml.
Exit code 3: moto is not installed.

moto creates and deletes the roles and the tables, and what they need. It knows no import, ignores
RetainExceptOnCreate, and takes a second role of one name: RedeployTest has these rules from a stand-in.
"""

import json
import os
import sys
import warnings

os.environ.update(
    AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x"
)
try:
    import boto3
    from moto import mock_aws
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(3)

warnings.simplefilter("ignore")
KEPT = ("VendorRole", "AdminRole", "AuditRole", "AllowListTable", "AuditTable", "VendLog", "AdminLog", "AuditLog")


def body(template):
    """What moto can create, and its parameters."""
    resources = {name: template["Resources"][name] for name in KEPT if name in template["Resources"]}
    # Refers to the evidence's stream, which is off.
    resources["AuditTable"]["Properties"].pop("KinesisStreamSpecification", None)
    for resource in resources.values():
        # As CloudFormation treats a resource of a stack that was created.
        if resource.get("DeletionPolicy") == "RetainExceptOnCreate":
            resource["DeletionPolicy"] = "Retain"
    parts = {name: template.get(name, {}) for name in ("Parameters", "Conditions")}
    return json.dumps({**parts, "Resources": resources})


def tables(dynamodb):
    """The tables' definitions without what is each one's own, and their rows."""
    found = {}
    for name in dynamodb.list_tables()["TableNames"]:
        about = dynamodb.describe_table(TableName=name)["Table"]
        found[name] = {
            "definition": {
                key: about.get(key)
                for key in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingModeSummary", "SSEDescription")
            },
            "rows": len(dynamodb.scan(TableName=name)["Items"]),
        }
    return found


def main(translated, imported):
    result = {}
    with mock_aws():
        stacks, dynamodb, iam = (boto3.client(name) for name in ("cloudformation", "dynamodb", "iam"))

        def look(when):
            roles = {role["RoleName"]: role["RoleId"] for role in iam.list_roles()["Roles"]}
            result[when] = {"tables": tables(dynamodb), "roles": roles}

        stacks.create_stack(StackName="vended", TemplateBody=body(translated))
        for name in dynamodb.list_tables()["TableNames"]:
            dynamodb.put_item(TableName=name, Item={"pk": {"S": "a"}, "sk": {"S": "b"}})
        look("created")
        stacks.delete_stack(StackName="vended")
        look("deleted")
    with mock_aws():
        stacks, dynamodb, iam = (boto3.client(name) for name in ("cloudformation", "dynamodb", "iam"))
        # In place of an import: the resources as import.yaml describes them.
        stacks.create_stack(StackName="vended", TemplateBody=body(imported))
        look("imported")
        stacks.update_stack(StackName="vended", TemplateBody=body(translated))
        look("deployed")
    print(json.dumps(result))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        main(*json.load(file)["templates"])
