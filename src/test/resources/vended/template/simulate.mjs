// Asks @cloud-copilot/iam-simulate for decisions.
// Usage: node simulate.mjs FOLDER CASES, where FOLDER has its node_modules, and CASES is a JSON file:
// {"policies": [...], "cases": [{principal, action, resource, account, context, identity: [index...],
// resourcePolicy: index, controlPolicy: index}]}. Prints one decision per line.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [folder, file] = process.argv.slice(2)
const module = `${folder}/node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js`
const { runSimulation, runUnsafeSimulation } = await import(pathToFileURL(module))
const { policies, cases } = JSON.parse(readFileSync(file, 'utf8'))
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}
const named = (policy, index) => ({ name: `policy-${index}`, policy })

const simulation = (one) => ({
  request: {
    principal: one.principal,
    action: one.action,
    resource: { resource: one.resource, accountId: one.account },
    contextVariables: one.context,
  },
  // Where a policy of a resource or an organization decides, the caller's own allows all.
  identityPolicies: one.identity ? one.identity.map((i) => named(policies[i], i)) : [named(everything, 0)],
  resourcePolicy: one.resourcePolicy === undefined ? undefined : policies[one.resourcePolicy],
  serviceControlPolicies:
    one.controlPolicy === undefined
      ? []
      : [{ orgIdentifier: 'r-1', policies: [named(everything, 0), named(policies[one.controlPolicy], 1)] }],
  resourceControlPolicies: [],
})

for (const one of cases) {
  if (one.resourcePolicy === undefined) {
    // Without its list of each action's condition keys, which lacks lambda:SourceFunctionArn.
    console.log(runUnsafeSimulation(simulation(one), {}))
  } else {
    // The other one fails for any resource policy.
    const result = await runSimulation(simulation(one), {})
    console.log(result.overallResult ?? JSON.stringify(result.errors))
  }
}
