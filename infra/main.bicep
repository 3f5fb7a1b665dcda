// Everything the Azure shell runs on, in one resource group: one environment, one app, one task hub. docs/deploy.md says how to use it.
targetScope = 'resourceGroup'

@description('Begins every name: lower-case letters and digits, a letter first.')
@minLength(2)
@maxLength(7)
param name string

param location string = resourceGroup().location

@description('The address that links in mail begin with, such as https://plans.example.org.')
param publicAddress string

@description('The Entra ID tenant whose people sign in.')
param tenantId string = subscription().tenantId

@description('What access tokens for the API carry as their audience: the application (client) id of its registration, for tokens of version 2.0.')
param audience string

@description('Under which the pages sign people in; the API\'s own registration where nothing else is said. Its secret is identity-client-secret in the vault.')
param clientId string = audience

@description('Who founds agencies: token subjects or e-mail addresses, with semicolons between them.')
param installationAdministrators string = ''

@description('The agency founded in an empty store: agency, agencyName, zone, administratorEmail, administratorName, administratorSubject; empty where installation administrators found it over HTTP.')
param firstAgency firstAgencyOptions = {}

@description('A sender that SendGrid has verified, such as Case planning <plans@example.org>.')
param mailFrom string

@description('What Message-IDs end with; empty for the host of the public address.')
param mailDomain string = ''

@description('Of SendGrid\'s API; empty for the global one, https://api.eu.sendgrid.com for an account in the EU.')
param sendGridAddress string = ''

@description('True to have messages checked by SendGrid and not delivered.')
param mailSandbox bool = false

@description('The verification key that SendGrid shows with its signed event webhook, which posts to /hooks/sendgrid; empty where it is off. It is a public key.')
param mailEventKey string = ''

@description('Minutes that a reminder or message may wait before /health/ready and the alerts complain.')
@minValue(5)
@maxValue(10000)
param oldestMinutes int = 30

@description('Who gets alerts by e-mail.')
@minLength(1)
param alertAddresses string[]

@description('Name of the task hub within its storage. Two apps must never share one; letters and digits, a letter first.')
@minLength(3)
@maxLength(45)
param taskHub string = 'CasePlanning'

@description('What keeps orchestrations: queues and tables of a storage account, or a Durable Task Scheduler. The package has to be built for it, since host.json names it.')
@allowed(['azureStorage', 'scheduler'])
param backend string = 'azureStorage'

@description('True for a virtual network, with private endpoints in front of both storage accounts and the vault.')
param isPrivate bool = false

@description('Address space of that network; a /24 holds it.')
param addressSpace string = '10.40.0.0/24'

@description('Most instances at a time; Flex Consumption takes 40 to 1000.')
@minValue(40)
@maxValue(1000)
param mostInstances int = 40

@description('Days that logs and traces are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 90

type firstAgencyOptions = {
  agency: string?
  agencyName: string?
  zone: string?
  administratorEmail: string?
  administratorName: string?
  administratorSubject: string?
}

var suffix = uniqueString(resourceGroup().id)
var packages = 'packages'

// Built-in roles by their ids: learn.microsoft.com/azure/role-based-access-control/built-in-roles
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

module network 'modules/network.bicep' = if (isPrivate) {
  name: 'network'
  params: {
    name: name
    location: location
    addressSpace: addressSpace
  }
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
    subnetId: isPrivate ? network!.outputs.endpointSubnetId : ''
    zones: isPrivate ? network!.outputs.storageZones : {}
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
    subnetId: isPrivate ? network!.outputs.endpointSubnetId : ''
    zones: isPrivate ? network!.outputs.tableZone : {}
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: '${name}kv${suffix}'
    location: location
    principalId: identity.properties.principalId
    role: roles.keyVaultSecretsUser
    subnetId: isPrivate ? network!.outputs.endpointSubnetId : ''
    zoneId: isPrivate ? network!.outputs.vaultZoneId : ''
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    name: name
    location: location
    logDays: logDays
    principalId: identity.properties.principalId
    role: roles.monitoringMetricsPublisher
    oldestMinutes: oldestMinutes
    addresses: alertAddresses
  }
}

module scheduler 'modules/scheduler.bicep' = if (backend == 'scheduler') {
  name: 'scheduler'
  params: {
    name: '${name}-scheduler-${suffix}'
    location: location
    taskHub: taskHub
    principalId: identity.properties.principalId
    clientId: identity.properties.clientId
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
  tags: {
    'azd-service-name': 'functions'
  }
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
    virtualNetworkSubnetId: isPrivate ? network!.outputs.appSubnetId : null
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
        // Queues and timers of the engine are read by an instance that is there: learn.microsoft.com/azure/azure-functions/durable/durable-functions-azure-storage-provider
        alwaysReady: [
          {
            name: 'durable'
            instanceCount: 1
          }
        ]
      }
    }
  }
}

// What each setting is, and which are secrets, stands in settings.json; here is what this environment gives them. Empty ones are left out.
module settings 'modules/settings.bicep' = {
  name: 'settings'
  params: {
    app: app.name
    vault: vault.outputs.name
    values: {
      CasePlanning__Store: 'tables'
      CasePlanning__PublicAddress: publicAddress
      Tables__Endpoint: data.outputs.tableEndpoint
      Identity__Authority: '${environment().authentication.loginEndpoint}${tenantId}/v2.0'
      Identity__Audience: audience
      Identity__ClientId: clientId
      Setup__Agency: firstAgency.?agency ?? ''
      Setup__AgencyName: firstAgency.?agencyName ?? ''
      Setup__Zone: firstAgency.?zone ?? ''
      Setup__AdministratorEmail: firstAgency.?administratorEmail ?? ''
      Setup__AdministratorName: firstAgency.?administratorName ?? ''
      Setup__AdministratorSubject: firstAgency.?administratorSubject ?? ''
      Setup__InstallationAdministrators: installationAdministrators
      Mail__From: mailFrom
      Mail__Domain: mailDomain
      SendGrid__Address: sendGridAddress
      SendGrid__Sandbox: string(mailSandbox)
      SendGrid__EventKey: mailEventKey
      Readiness__OldestMinutes: string(oldestMinutes)
      AZURE_CLIENT_ID: identity.properties.clientId
      AzureWebJobsDisableHomepage: 'true'
      AzureWebJobsStorage__accountName: hub.outputs.name
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      TaskHub__accountName: hub.outputs.name
      TaskHub__credential: 'managedidentity'
      TaskHub__clientId: identity.properties.clientId
      TASKHUB_NAME: taskHub
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: backend == 'scheduler' ? scheduler!.outputs.connection : ''
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connection
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    }
  }
}

output app string = app.name
output address string = 'https://${app.properties.defaultHostName}'
output tables string = data.outputs.tableEndpoint
output vault string = vault.outputs.name
