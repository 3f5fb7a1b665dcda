using System.Xml.Linq;
using CasePlanning.Storage.Tables;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace CasePlanning.Functions.Identity;

/// <summary>Keeps the keys that protect cookies and forms where every instance finds them. Whoever reads and makes keys waits for an answer.</summary>
internal sealed class SharedKeys(TablesKeyRing ring) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. ring.All(default).GetAwaiter().GetResult().Select(document => XElement.Parse(document))];

    public void StoreElement(XElement element, string friendlyName) =>
        ring.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting), default).GetAwaiter().GetResult();
}
