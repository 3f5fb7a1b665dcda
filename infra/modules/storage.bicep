// A storage account that only identities reach, and the roles one of them has on it.
param name string
param location string

@allowed(['Standard_LRS', 'Standard_ZRS'])
param sku string

@description('Names of the blob containers it begins with.')
param containers string[]

@description('Whom the roles are for.')
param principalId string

@description('Ids of the built-in roles.')
param roles string[]

@description('Where its private endpoints are; empty to leave it open to identities from anywhere.')
param subnetId string

@description('Ids of the private DNS zones of its services, by service.')
param zones object

var isPrivate = !empty(subnetId)

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for each in containers: {
  parent: account::blobs
  name: each
}]

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  scope: account
  name: guid(account.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

module endpoints 'endpoint.bicep' = [for zone in items(zones): if (isPrivate) {
  name: '${name}-${zone.key}'
  params: {
    name: '${name}-${zone.key}'
    location: location
    subnetId: subnetId
    resourceId: account.id
    group: zone.key
    zoneId: zone.value
  }
}]

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output tableEndpoint string = account.properties.primaryEndpoints.table
