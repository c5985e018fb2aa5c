"""Translates SAM templates as `sam deploy` would, and prints the CloudFormation templates as JSON.

Usage: translate.py TEMPLATE [NAME=VALUE...] [-- TEMPLATE [NAME=VALUE...]]..., with the parameters' values.
Exit code 3: the SAM translator is not installed.
"""

import json
import logging
import os
import sys

try:
    import yaml
    from samtranslator.translator.transform import transform
except ImportError as missing:
    print(missing, file=sys.stderr)
    sys.exit(3)

# The translator asks boto3 for the Region, not for credentials: nothing is called.
logging.disable(logging.WARNING)
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short functions."""


def function(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


class NoManagedPolicies:
    """The template names no managed policy in a function, so none needs to be looked up."""

    def load(self):
        return {}


def translate(path, *parameters):
    with open(path, encoding="utf-8") as file:
        template = yaml.load(file, Loader)
    # `sam deploy` has put the code into a bucket by the time that the service translates the template.
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/vended.jar"
    values = dict(parameter.split("=", 1) for parameter in parameters)
    return transform(template, values, NoManagedPolicies())


Loader.add_multi_constructor("!", function)
jobs = [[]]
for argument in sys.argv[1:]:
    if argument == "--":
        jobs.append([])
    else:
        jobs[-1].append(argument)
print(json.dumps({"templates": [translate(*job) for job in jobs]}, indent=1, default=str))
