using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CasePlanning.Host.Mail;

/// <summary>Trusts a certificate authority of one's own for one mail server, beside those the machine trusts; names and dates are checked as ever.</summary>
internal static class OwnAuthority
{
    private static readonly ConcurrentDictionary<string, X509Certificate2Collection> Authorities = new(StringComparer.OrdinalIgnoreCase);

    public static void Trust(string host, X509Certificate2Collection authority)
    {
        Authorities[host] = authority;
        ServicePointManager.ServerCertificateValidationCallback = Check;
    }

    private static bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || sender is not SslStream stream
            || !Authorities.TryGetValue(stream.TargetHostName, out var authority))
        {
            return errors == SslPolicyErrors.None;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(authority);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ExtraStore.AddRange(chain?.ChainPolicy.ExtraStore ?? []);
        using var presented = new X509Certificate2(certificate);
        return own.Build(presented);
    }
}
