// Everything the Azure shell runs on, in one resource group. See docs/azure.md for what is still missing.
targetScope = 'resourceGroup'

@description('Begins every name: lower-case letters and digits, a letter first.')
@minLength(2)
@maxLength(7)
param name string

param location string = resourceGroup().location

@description('Where cases are kept. There is no durable store in this shell yet: memory forgets everything when the process ends.')
@allowed(['memory'])
param store string

@description('The address that links in mail begin with, such as https://plans.example.org.')
param publicAddress string

@description('The Entra ID tenant whose people sign in.')
param tenantId string = subscription().tenantId

@description('What access tokens for the API carry as their audience: the application (client) id of its registration, for tokens of version 2.0.')
param audience string

@description('Who founds agencies: token subjects or e-mail addresses, with semicolons between them.')
param installationAdministrators string

@description('A sender that SendGrid has verified, such as Case planning <plans@example.org>.')
param mailFrom string

@description('True to have messages checked by SendGrid and not delivered.')
param mailSandbox bool = false

@description('The verification key that SendGrid shows with its signed event webhook, which posts to /hooks/sendgrid; empty where it is off.')
param mailEventKey string = ''

@description('Most instances at a time; Flex Consumption takes 40 to 1000.')
@minValue(40)
@maxValue(1000)
param mostInstances int = 40

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

var suffix = uniqueString(resourceGroup().id)
var packages = 'packages'

var roles = {
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  storageBlobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  storageQueueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

// An identity of its own, so that its roles stand before the app starts for the first time.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

// The host's own files, the deployed package and the task hub: traffic of the engine, which can be lost and is made up for by the watchdog.
module hub 'modules/storage.bicep' = {
  name: 'hub'
  params: {
    name: '${name}hub${suffix}'
    location: location
    sku: 'Standard_LRS'
    containers: [packages]
    principalId: identity.properties.principalId
    roles: [
      roles.storageBlobDataOwner
      roles.storageQueueDataContributor
      roles.storageTableDataContributor
    ]
  }
}

// The cases themselves, apart from the engine's traffic: its own limits, its own copies, its own roles.
module data 'modules/storage.bicep' = {
  name: 'data'
  params: {
    name: '${name}data${suffix}'
    location: location
    sku: 'Standard_ZRS'
    containers: []
    principalId: identity.properties.principalId
    roles: [
      roles.storageTableDataContributor
    ]
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${name}kv${suffix}'
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
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

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

resource writesTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, roles.monitoringMetricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.monitoringMetricsPublisher)
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: '${name}-${suffix}'
  location: location
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hub.outputs.blobEndpoint}${packages}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: mostInstances
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__accountName: hub.outputs.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      TaskHub__accountName: hub.outputs.name
      TaskHub__credential: 'managedidentity'
      TaskHub__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      CasePlanning__Store: store
      CasePlanning__PublicAddress: publicAddress
      Identity__Authority: '${environment().authentication.loginEndpoint}${tenantId}/v2.0'
      Identity__Audience: audience
      Setup__InstallationAdministrators: installationAdministrators
      Mail__From: mailFrom
      // Put there by hand once; the app reads it with its identity.
      SendGrid__ApiKey: '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=sendgrid-api-key)'
      SendGrid__Sandbox: string(mailSandbox)
      SendGrid__EventKey: mailEventKey
    }
    dependsOn: [
      readsSecrets
      writesTelemetry
    ]
  }
}

output app string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output data string = data.outputs.name
output vault string = vault.name
