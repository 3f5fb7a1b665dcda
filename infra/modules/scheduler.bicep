// A Durable Task Scheduler instead of queues and tables. It bills actions, and takes more of them a second than one storage account.
param name string
param location string
param taskHub string
param principalId string
param clientId string

// Durable Task Data Contributor
var role = '0ad04412-c4d5-4796-b79c-f76d14c8d402'

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  properties: {
    // An empty list keeps everybody out. Whoever comes needs the role below all the same.
    ipAllowlist: ['0.0.0.0/0']
    sku: {
      name: 'Consumption'
    }
  }

  resource hub 'taskHubs' = {
    name: taskHub
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler
  name: guid(scheduler.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}

output connection string = 'Endpoint=${scheduler.properties.endpoint};Authentication=ManagedIdentity;ClientID=${clientId};TaskHub=${scheduler::hub.name}'
