using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Accounts.Requests;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Limits;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Sessions.Bearer;

/// <summary>Endpoints that issue and refresh bearer tokens, for clients without cookies.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder auth)
    {
        auth.MapPost("/token", TokenAsync).WithMetadata(LimitPolicy.SignIn).Produces<AccessTokenResponse>();
        auth.MapPost("/refresh", RefreshAsync).WithMetadata(LimitPolicy.SignIn).Produces<AccessTokenResponse>();
    }

    private static async Task<Results<SignInHttpResult, ProblemResult>> TokenAsync(
        SignInRequest request, IGrainFactory grains, TokenSessions tokens, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var result = await grains.GetGrain<IAccountDirectoryGrain>(0).SignInAsync(request.Email!, request.Password!, cancellationToken);
        if (result.User is not { } user)
            return ProblemResult.From(result.Refusal!);

        return TypedResults.SignIn(await tokens.BeginAsync(user.Id), authenticationScheme: BearerTokenDefaults.AuthenticationScheme);
    }

    private static async Task<Results<SignInHttpResult, ProblemResult>> RefreshAsync(
        RefreshRequest request, TokenSessions tokens, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        return await tokens.RefreshAsync(request.RefreshToken!, cancellationToken) is { } principal
            ? TypedResults.SignIn(principal, authenticationScheme: BearerTokenDefaults.AuthenticationScheme)
            : new ProblemResult(new Problem(
                ErrorCode.InvalidCredentials, "The refresh token is invalid or expired, or its session has ended."));
    }
}
