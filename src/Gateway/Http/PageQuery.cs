using JubileeVerse.Gateway.Errors;
using JubileeVerse.Paging;

namespace JubileeVerse.Gateway.Http;

/// <summary>Parses the query parameters <c>limit</c> and <c>after</c> of a list.</summary>
internal static class PageQuery
{
    public static PageRequest Read(Faults faults, int? limit, string? after) =>
        new(Limit(faults, limit), string.IsNullOrEmpty(after) ? null : after);

    public static int Limit(Faults faults, int? limit)
    {
        faults.AddIf(limit is < 1 or > PageRequest.MaxLimit, "limit", $"Must be 1 to {PageRequest.MaxLimit}.");
        return limit ?? PageRequest.DefaultLimit;
    }
}
