// The app's settings, as settings.json lists them: secrets as references into the vault, everything else as it is given.
param app string
param vault string

@description('By name; an empty one is left out.')
param values object

var listed = filter(loadJsonContent('../settings.json'), setting => setting.where != 'local' && (setting.source == 'vault' || !empty(values[?setting.name])))

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: app

  resource settings 'config' = {
    name: 'appsettings'
    properties: toObject(listed, setting => setting.name, setting => setting.source == 'vault'
      ? '@Microsoft.KeyVault(VaultName=${vault};SecretName=${setting.?vault})'
      : values[?setting.name])
  }
}
