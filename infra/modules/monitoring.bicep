// Logs, traces and metrics, who writes them, and who hears when reminders or mail fall behind.
param name string
param location string
param logDays int
param principalId string

@description('Id of the built-in role that writes telemetry.')
param role string

param oldestMinutes int
param addresses string[]

// What the shell measures (docs/deploy.md), every five minutes but for what failed, and how much of it is too much.
var alerts = [
  {
    name: 'overdue-reminders'
    says: 'Reminders are overdue: the loops have stopped, or can\'t keep up.'
    query: 'AppMetrics | where Name == "case_planning.wakes.oldest_overdue" | summarize Found = max(Sum)'
    above: oldestMinutes * 60
    severity: 1
  }
  {
    name: 'unsent-mail'
    says: 'Mail waits: SendGrid can\'t be reached, refuses the key, or refuses messages.'
    query: 'AppMetrics | where Name == "case_planning.mail.oldest_unsent" | summarize Found = max(Sum)'
    above: oldestMinutes * 60
    severity: 1
  }
  {
    name: 'failed-instances'
    says: 'Orchestrations had failed and were started again; their errors are in the traces. Where it says so for hours, they fail again.'
    window: 'PT1H'
    query: 'AppMetrics | where Name == "case_planning.instances.failed" | summarize Found = max(Sum)'
    above: 0
    severity: 2
  }
  {
    name: 'dead-letters'
    says: 'Messages reached nobody. The next in line was told; the administrators\' page of mail shows why.'
    query: 'AppMetrics | where Name == "case_planning.mail.dead" | summarize Found = sum(Sum)'
    above: 0
    severity: 3
  }
  {
    name: 'unheard-mail'
    says: 'Messages reached nobody, and nobody could be told of it.'
    query: 'AppMetrics | where Name == "case_planning.mail.unheard" | summarize Found = max(Sum)'
    above: 0
    severity: 1
  }
  {
    name: 'silence'
    says: 'The watchdog hasn\'t measured anything: the app doesn\'t run.'
    query: 'AppMetrics | where Name == "case_planning.wakes.oldest_overdue" | summarize Found = iff(count() == 0, 1, 0)'
    above: 0
    severity: 1
  }
]

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    retentionInDays: logDays
    sku: {
      name: 'PerGB2018'
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${name}-people'
  location: 'global'
  properties: {
    enabled: true
    groupShortName: take(name, 12)
    emailReceivers: [for (address, index) in addresses: {
      name: 'person-${index}'
      emailAddress: address
      useCommonAlertSchema: true
    }]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in alerts: {
  dependsOn: [insights]
  name: '${name}-${alert.name}'
  location: location
  properties: {
    description: alert.says
    severity: alert.severity
    enabled: true
    evaluationFrequency: 'PT5M'
    // The table is there once the app has sent something.
    skipQueryValidation: true
    windowSize: alert.?window ?? 'PT15M'
    scopes: [logs.id]
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'Found'
          operator: 'GreaterThan'
          threshold: alert.above
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    autoMitigate: true
    actions: {
      actionGroups: [people.id]
    }
  }
}]

output connection string = insights.properties.ConnectionString
