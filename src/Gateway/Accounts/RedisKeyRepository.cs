using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using StackExchange.Redis;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Keeps the keys that protect cookies and tokens in Redis, where every gateway of the cluster finds them.</summary>
internal sealed class RedisKeyRepository(IConnectionMultiplexer redis) : IXmlRepository
{
    private static readonly RedisKey Key = "jv:keys";

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. redis.GetDatabase().ListRange(Key).Select(value => XElement.Parse((string)value!))];

    public void StoreElement(XElement element, string friendlyName) =>
        redis.GetDatabase().ListRightPush(Key, element.ToString(SaveOptions.DisableFormatting));
}
