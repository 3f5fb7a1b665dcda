// The vault with what is secret, and whoever reads it.
param name string
param location string
param principalId string

@description('Id of the built-in role.')
param role string

@description('Where its private endpoint is; empty to leave it open to identities from anywhere.')
param subnetId string

param zoneId string

var isPrivate = !empty(subnetId)

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, role)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}

module endpoint 'endpoint.bicep' = if (isPrivate) {
  name: '${name}-vault'
  params: {
    name: '${name}-vault'
    location: location
    subnetId: subnetId
    resourceId: vault.id
    group: 'vault'
    zoneId: zoneId
  }
}

output name string = vault.name
