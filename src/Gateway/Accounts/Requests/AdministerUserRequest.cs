using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;

namespace JubileeVerse.Gateway.Accounts.Requests;

internal sealed record AdministerUserRequest : ICheckedRequest, IAuditedRequest
{
    private const int MaxPlanLength = 50;

    public UserRole? Role { get; init; }

    public string? Plan { get; init; }

    public bool? Disabled { get; init; }

    public AccountChange ToChange() => new(Role, Plan, Disabled);

    public void Check(Faults faults) => TextRules.Optional(faults, "plan", Plan, MaxPlanLength);
}
