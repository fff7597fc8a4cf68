using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts.Responses;

internal sealed record UserResponse(UserBody User)
{
    public static UserResponse From(User user) => new(UserBody.From(user));
}
