using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>An authority that no machine trusts, and a certificate for a mail server on loopback that it signed.</summary>
internal sealed class SmtpCertificates : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddDays(-1);
    private static readonly DateTimeOffset Until = From.AddDays(30);

    public SmtpCertificates(string name = "localhost")
    {
        using var key = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Sample mail authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = authority.CreateSelfSigned(From, Until);

        using var serverKey = RSA.Create(2048);
        var server = new CertificateRequest($"CN={name}", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(Authority, From, Until, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(serverKey);
        ServerKey = serverKey.ExportPkcs8PrivateKeyPem();
        Server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <summary>The server's private key as PEM.</summary>
    public string ServerKey { get; }

    /// <summary>Writes the authority's certificate as a PEM file.</summary>
    public string Write(string path)
    {
        File.WriteAllText(path, Authority.ExportCertificatePem());
        return path;
    }

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }
}
