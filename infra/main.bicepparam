using 'main.bicep'

// What can't be guessed comes from the environment of whoever deploys; azd keeps it in .azure/<environment>/.env.
param name = readEnvironmentVariable('AZURE_ENV_NAME', 'plans')
param publicAddress = readEnvironmentVariable('PUBLIC_ADDRESS')
param audience = readEnvironmentVariable('API_AUDIENCE')
param installationAdministrators = readEnvironmentVariable('INSTALLATION_ADMINISTRATORS', '')
param mailFrom = readEnvironmentVariable('MAIL_FROM')
param alertAddresses = filter(split(readEnvironmentVariable('ALERT_ADDRESSES'), ';'), address => !empty(address))
param mailEventKey = readEnvironmentVariable('MAIL_EVENT_KEY', '')
param mailSandbox = bool(readEnvironmentVariable('MAIL_SANDBOX', 'false'))
