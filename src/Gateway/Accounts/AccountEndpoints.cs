using System.Security.Claims;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Accounts.Requests;
using JubileeVerse.Gateway.Accounts.Responses;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Limits;
using JubileeVerse.Gateway.Personas;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Bearer;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>Endpoints to register, sign in and sign out, and for the user's own profile.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var auth = app.MapGroup("/api/auth").WithTags("Accounts");
        auth.MapPost("/register", RegisterAsync).WithMetadata(LimitPolicy.SignIn);
        auth.MapPost("/login", LoginAsync).WithMetadata(LimitPolicy.SignIn);
        auth.MapPost("/guest", GuestAsync);
        auth.MapPost("/logout", LogoutAsync);
        auth.MapPost("/logout-all", LogoutAllAsync).RequireAuthorization();
        auth.MapGet("/me", MeAsync).RequireAuthorization();
        auth.MapPatch("/me", UpdateMeAsync).RequireAuthorization();
        auth.MapTokens();
    }

    private static async Task<Results<Created<UserResponse>, ProblemResult>> RegisterAsync(
        RegisterRequest request,
        HttpContext context,
        IGrainFactory grains,
        SessionSignIn signIn,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        await signIn.EnsureAvailableAsync(cancellationToken);
        var command = new RegisterAccount(
            context.User.TryUserId(),
            request.Email!,
            request.Password!,
            request.DisplayName!.Trim(),
            request.PreferredLanguage,
            UserId.New(time));
        var result = await grains.GetGrain<IAccountDirectoryGrain>(0).RegisterAsync(command, cancellationToken);
        if (result.User is not { } user)
            return ProblemResult.From(result.Refusal!);

        await signIn.BeginAsync(context, user.Id);
        return TypedResults.Created("/api/auth/me", UserResponse.From(user));
    }

    private static async Task<Results<Ok<UserResponse>, ProblemResult>> LoginAsync(
        SignInRequest request, HttpContext context, IGrainFactory grains, SessionSignIn signIn, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var result = await grains.GetGrain<IAccountDirectoryGrain>(0).SignInAsync(request.Email!, request.Password!, cancellationToken);
        if (result.User is not { } user)
            return ProblemResult.From(result.Refusal!);

        await signIn.BeginAsync(context, user.Id, request.Remember ?? false);
        return TypedResults.Ok(UserResponse.From(user));
    }

    private static async Task<Created<UserResponse>> GuestAsync(
        HttpContext context,
        IGrainFactory grains,
        SessionSignIn signIn,
        TimeProvider time,
        CancellationToken cancellationToken,
        GuestRequest? request = null)
    {
        request ??= new GuestRequest();
        request.ThrowIfInvalid();
        await signIn.EnsureAvailableAsync(cancellationToken);
        var user = await grains.GetGrain<IAccountDirectoryGrain>(0)
            .CreateGuestAsync(UserId.New(time), request.DisplayName?.Trim(), request.PreferredLanguage, cancellationToken);
        await signIn.BeginAsync(context, user.Id);
        return TypedResults.Created("/api/auth/me", UserResponse.From(user));
    }

    private static async Task<NoContent> LogoutAsync(HttpContext context, SessionSignIn signIn)
    {
        await signIn.EndAsync(context);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> LogoutAllAsync(HttpContext context, SessionSignIn signIn)
    {
        await signIn.EndAllAsync(context);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemResult>> MeAsync(
        ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        try
        {
            var user = await grains.GetGrain<IAccountGrain>(caller.UserId().Value).GetAsync(cancellationToken);
            return TypedResults.Ok(UserResponse.From(user));
        }
        catch (JubileeException exception) when (exception.Code == ErrorCode.NotFound)
        {
            // The session outlived its deleted account, so the caller is unauthenticated.
            return new ProblemResult(new Problem(ErrorCode.Unauthenticated));
        }
    }

    private static async Task<Ok<UserResponse>> UpdateMeAsync(
        ProfileRequest request, ClaimsPrincipal caller, IGrainFactory grains, CancellationToken cancellationToken)
    {
        request.ThrowIfInvalid();
        var persona = request.DefaultPersona is null
            ? null
            : await PersonaNames.ResolveAsync(grains, request.DefaultPersona, "defaultPersona", cancellationToken);
        var user = await grains.GetGrain<IAccountGrain>(caller.UserId().Value)
            .UpdateProfileAsync(request.ToChange(persona?.Slug), cancellationToken);
        return TypedResults.Ok(UserResponse.From(user));
    }
}
