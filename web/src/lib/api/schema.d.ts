// Made by `make api` from the OpenAPI document c617419aff7b93cb14a9076de25f72a8566b4b9bcdd55883daf8fdcc097f9523

export interface paths {
    readonly "/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Live
         * @description The process answers.
         */
        readonly get: operations["HealthLiveLive"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/pipeline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * PipelineHealth
         * @description Whether the line is well: a worker at each inbox, what waits and for how long, what is stuck, dead letters.
         *
         *     200 with the verdict in `status` (ok, degraded or down), unless a server does not answer.
         */
        readonly get: operations["HealthPipelinePipelineHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Ready
         * @description The servers that are needed to take work answer.
         */
        readonly get: operations["HealthReadyReady"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListAssets
         * @description The uploads, newest first.
         */
        readonly get: operations["V1AssetsListAssets"];
        readonly put?: never;
        /**
         * UploadAsset
         * @description Upload a clip, a piece of music or an image by streaming its bytes. The same bytes again give the same asset
         *     (200).
         */
        readonly post: operations["V1AssetsUploadAsset"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadAsset
         * @description One upload.
         */
        readonly get: operations["V1AssetsReadAsset"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}/analysis": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadAnalysis
         * @description What was found in an upload: its scenes, scored segments, where somebody speaks, keyframes, and links to its
         *     pictures. 409 `asset_not_analysed` until it was looked through.
         */
        readonly get: operations["V1AssetsAnalysisReadAnalysis"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}/file": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * DownloadAsset
         * @description An upload as it was sent, under the name that timelines have for it. Takes Range and If-None-Match.
         */
        readonly get: operations["V1AssetsFileDownloadAsset"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}/media/{part}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * AssetMedia
         * @description The filmstrip (JPEG), the waveform (PNG) or the proxy (MP4) of an upload. Takes Range and If-None-Match.
         */
        readonly get: operations["V1AssetsMediaPartGetAssetMedia"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        /**
         * AssetMedia
         * @description The filmstrip (JPEG), the waveform (PNG) or the proxy (MP4) of an upload. Takes Range and If-None-Match.
         */
        readonly head: operations["V1AssetsMediaPartHeadAssetMedia"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}/notes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadNotes
         * @description What its owner says of an upload. The ETag is the revision: 0 before anything was said.
         */
        readonly get: operations["V1AssetsNotesReadNotes"];
        /**
         * WriteNotes
         * @description Say something of an upload: keywords, a favourite, marked parts. Takes the place of all that was said before, and
         *     counts for jobs that are submitted from now on.
         */
        readonly put: operations["V1AssetsNotesWriteNotes"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/{asset}/thumbnail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * AssetThumbnail
         * @description A picture of an upload (JPEG), once it was looked through.
         */
        readonly get: operations["V1AssetsThumbnailAssetThumbnail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assets/fetch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * FetchAsset
         * @description Have a clip or a piece of music fetched from a public https:// URL. Takes as long as the file takes to come.
         */
        readonly post: operations["V1AssetsFetchFetchAsset"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/asyncapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Asyncapi
         * @description The events an outside program can subscribe to, as AsyncAPI 3.0.
         */
        readonly get: operations["V1AsyncapiJsonAsyncapi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListLetters
         * @description Messages that could not be worked on, the newest word first. A page may be short and yet have a next one.
         */
        readonly get: operations["V1DeadLettersListLetters"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letter}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadLetter
         * @description One dead letter: why it is one, its tries, and its message as it lies in the log.
         */
        readonly get: operations["V1DeadLettersReadLetter"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letter}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * ReplayLetter
         * @description Have its work done again: the failed video goes on from its failed step, or the message is taken up once more.
         */
        readonly post: operations["V1DeadLettersReplayReplayLetter"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * ReplayLetters
         * @description Replay several letters at once; tells which were, and why the others were not.
         */
        readonly post: operations["V1DeadLettersReplayReplayLetters"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * AllEvents
         * @description All that happens to your jobs and uploads (server-sent events): `open`, then `job` and `asset`, each with the
         *     whole new state of one. With Last-Event-ID what changed since comes first; `reset` in `open` tells to read the
         *     lists again instead.
         */
        readonly get: operations["V1EventsAllEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListJobs
         * @description The jobs, newest first.
         */
        readonly get: operations["V1JobsListJobs"];
        readonly put?: never;
        /**
         * SubmitJob
         * @description Submit a brief. With an Idempotency-Key a repeated request gives the job of the first one.
         */
        readonly post: operations["V1JobsSubmitJob"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{job}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadJob
         * @description One job with all its videos, steps and files.
         */
        readonly get: operations["V1JobsReadJob"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{job}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * CancelJob
         * @description Stop a job. What is being encoded or spoken for it is stopped at once.
         */
        readonly post: operations["V1JobsCancelCancelJob"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{job}/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * JobEvents
         * @description A job's events live (server-sent events), from Last-Event-ID on; ends when the job ends.
         */
        readonly get: operations["V1JobsEventsJobEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/jobs/{job}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * RetryJob
         * @description Try a failed job again. Each failed video goes on from its failed step; what was finished is not made again.
         */
        readonly post: operations["V1JobsRetryRetryJob"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/options": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadOptions
         * @description What a brief can choose from: presets, fonts, languages and so on, with the limits that hold here.
         */
        readonly get: operations["V1OptionsReadOptions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/profile": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadOwnProfile
         * @description Who you are to this system: your profile, its limits and voices, the id of your key.
         */
        readonly get: operations["V1ProfileReadOwnProfile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * ChangeOwnProfile
         * @description Change your title or your saved voices.
         */
        readonly patch: operations["V1ProfileChangeOwnProfile"];
        readonly trace?: never;
    };
    readonly "/v1/profile/key/revoke": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * RevokeOwnKey
         * @description Make the key you are using worthless, as when it has become known. There is no way back.
         */
        readonly post: operations["V1ProfileKeyRevokeRevokeOwnKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/profile/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListOwnKeys
         * @description The keys of your profile, without their secrets.
         */
        readonly get: operations["V1ProfileKeysListOwnKeys"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/profiles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListProfiles
         * @description The profiles by their ids.
         */
        readonly get: operations["V1ProfilesListProfiles"];
        readonly put?: never;
        /**
         * CreateProfile
         * @description Make a profile. Give it a key next.
         */
        readonly post: operations["V1ProfilesCreateProfile"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/profiles/{profile}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadProfile
         * @description One profile.
         */
        readonly get: operations["V1ProfilesReadProfile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * ChangeProfile
         * @description Change a profile's title, limits or voices, or shut it out (`disabled`) and let it in again.
         */
        readonly patch: operations["V1ProfilesChangeProfile"];
        readonly trace?: never;
    };
    readonly "/v1/profiles/{profile}/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListKeys
         * @description A profile's keys, the oldest first, without their secrets.
         */
        readonly get: operations["V1ProfilesKeysListKeys"];
        readonly put?: never;
        /**
         * CreateKey
         * @description Make a key for a profile. The answer has it; it can't be shown again.
         */
        readonly post: operations["V1ProfilesKeysCreateKey"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/profiles/{profile}/keys/{key}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * RevokeKey
         * @description Revoke a key: no gateway takes it from now on, and its live streams end.
         */
        readonly delete: operations["V1ProfilesKeysRevokeKey"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/projects": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListProjects
         * @description The projects by name, each with the job that is under way in it, if any.
         */
        readonly get: operations["V1ProjectsListProjects"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadSession
         * @description Whether somebody is signed in, and who; nobody is refused.
         */
        readonly get: operations["V1SessionReadSession"];
        readonly put?: never;
        /**
         * SignIn
         * @description Sign a browser in with a key: the answer sets a cookie that stands for it until it is signed out, was not used
         *     for two weeks, or the key is good no more.
         */
        readonly post: operations["V1SessionSignIn"];
        /**
         * SignOut
         * @description Sign the browser out; the cookie is worthless from now on. Nobody signed in is all right, too.
         */
        readonly delete: operations["V1SessionSignOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/subtitles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * ReadSubtitles
         * @description Read an SRT file and show its cues, or what is wrong on which line. Nothing is kept.
         */
        readonly post: operations["V1SubtitlesReadSubtitles"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/subtitles/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * PreviewSubtitles
         * @description One frame with subtitles (JPEG), as the finished video would show it, drawn by the same hand. The ETag is the
         *     same for as long as the picture is.
         */
        readonly post: operations["V1SubtitlesPreviewPreviewSubtitles"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListUploads
         * @description Your unfinished uploads, newest first.
         */
        readonly get: operations["V1UploadsListUploads"];
        readonly put?: never;
        /**
         * BeginUpload
         * @description Begin an upload that can be gone on with after whatever happens (tus). Its first bytes may come along.
         */
        readonly post: operations["V1UploadsBeginUpload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/uploads/{upload}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadUpload
         * @description How far an upload is, and what became of it.
         */
        readonly get: operations["V1UploadsReadUpload"];
        readonly put?: never;
        readonly post?: never;
        /**
         * EndUpload
         * @description Give an upload up (tus termination). An asset that it became stays.
         */
        readonly delete: operations["V1UploadsEndUpload"];
        readonly options?: never;
        /**
         * UploadOffset
         * @description Where to go on (tus).
         */
        readonly head: operations["V1UploadsUploadOffset"];
        /**
         * AppendToUpload
         * @description Send the bytes that follow (tus). The answer to the last ones names the asset.
         */
        readonly patch: operations["V1UploadsAppendToUpload"];
        readonly trace?: never;
    };
    readonly "/v1/videos": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListVideos
         * @description All videos of all jobs, as the library shows them.
         */
        readonly get: operations["V1VideosListVideos"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadVideo
         * @description One variant.
         */
        readonly get: operations["V1VideosReadVideo"];
        readonly put?: never;
        readonly post?: never;
        /**
         * DeleteVideo
         * @description Put a video into the trash. It can be restored until it has lain there for the days the system keeps it.
         */
        readonly delete: operations["V1VideosDeleteVideo"];
        readonly options?: never;
        readonly head?: never;
        /**
         * RenameVideo
         * @description Give a video a name.
         */
        readonly patch: operations["V1VideosRenameVideo"];
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/approve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Approve
         * @description Approve what waits; the video goes on from there.
         */
        readonly post: operations["V1VideosApproveApprove"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/files/{preset}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * DownloadFile
         * @description A finished file (MP4). Takes Range and If-None-Match.
         */
        readonly get: operations["V1VideosFilesPresetGetDownloadFile"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        /**
         * DownloadFile
         * @description A finished file (MP4). Takes Range and If-None-Match.
         */
        readonly head: operations["V1VideosFilesPresetHeadDownloadFile"];
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/match-report": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadMatchReport
         * @description For each phrase the chosen clip, its score in parts, the runners-up and the reason.
         */
        readonly get: operations["V1VideosMatchReportReadMatchReport"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/matches/{phrase}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * EditMatch
         * @description Show another picture over a phrase. Only the files are made again.
         */
        readonly patch: operations["V1VideosMatchesPhraseEditMatch"];
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * RestoreVideo
         * @description Take a video out of the trash.
         */
        readonly post: operations["V1VideosRestoreRestoreVideo"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/review": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadReview
         * @description What was made of a video so far: script, voice and plan, and which of them waits to be approved.
         */
        readonly get: operations["V1VideosReviewReadReview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/script": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * EditScript
         * @description Change what is said, or who says it. The video is made again from the voice on.
         */
        readonly patch: operations["V1VideosScriptEditScript"];
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/style": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * EditStyle
         * @description Change the subtitles or the level of the music. Only the files are made again.
         */
        readonly patch: operations["V1VideosStyleEditStyle"];
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/subtitles.ass": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ExportAss
         * @description The subtitles as Advanced SubStation Alpha: the text that a file is made with, its first preset's if none is
         *     named.
         */
        readonly get: operations["V1VideosSubtitlesAssExportAss"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/subtitles.srt": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ExportSrt
         * @description The subtitles as SubRip, as soon as the video is planned.
         */
        readonly get: operations["V1VideosSubtitlesSrtExportSrt"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/subtitles.vtt": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ExportVtt
         * @description The subtitles as WebVTT, as soon as the video is planned.
         */
        readonly get: operations["V1VideosSubtitlesVttExportVtt"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/thumbnail": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * VideoThumbnail
         * @description A picture of a finished video (JPEG).
         */
        readonly get: operations["V1VideosThumbnailVideoThumbnail"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/timeline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadTimeline
         * @description The edit: clips, cues, voice and music, as the render station gets it.
         */
        readonly get: operations["V1VideosTimelineReadTimeline"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/timeline.otio": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ExportOtio
         * @description The edit as OpenTimelineIO, for editing programs, as soon as the video is planned.
         */
        readonly get: operations["V1VideosTimelineOtioExportOtio"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/{video}/voice.wav": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadVoice
         * @description The voice-over of a video by itself (WAV). It is kept for some weeks only. Takes Range and If-None-Match.
         */
        readonly get: operations["V1VideosVoiceWavReadVoice"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/delete": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * DeleteVideos
         * @description Put many videos into the trash. What is refused of one does not touch the others.
         */
        readonly post: operations["V1VideosDeleteDeleteVideos"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/videos/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * RestoreVideos
         * @description Take many videos out of the trash.
         */
        readonly post: operations["V1VideosRestoreRestoreVideos"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/voices": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListVoices
         * @description The voices a brief can ask for.
         */
        readonly get: operations["V1VoicesListVoices"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/voices/{voice}/sample.mp3": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * VoiceSample
         * @description A short sentence as a voice speaks it (MP3). Made when it is first asked for, then kept; nothing is paid for
         *     it.
         */
        readonly get: operations["V1VoicesSampleMp3VoiceSample"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListWebhooks
         * @description The endpoints, newest first.
         */
        readonly get: operations["V1WebhooksListWebhooks"];
        readonly put?: never;
        /**
         * CreateWebhook
         * @description Have an endpoint told of events. The answer has its signing secret, which is shown only here.
         */
        readonly post: operations["V1WebhooksCreateWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{webhook}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ReadWebhook
         * @description One endpoint.
         */
        readonly get: operations["V1WebhooksReadWebhook"];
        readonly put?: never;
        readonly post?: never;
        /**
         * RemoveWebhook
         * @description Remove an endpoint and its delivery log.
         */
        readonly delete: operations["V1WebhooksRemoveWebhook"];
        readonly options?: never;
        readonly head?: never;
        /**
         * ChangeWebhook
         * @description Change an endpoint, or switch it off and on. What waits for one that is off is given up.
         */
        readonly patch: operations["V1WebhooksChangeWebhook"];
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{webhook}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * ListDeliveries
         * @description What was sent to an endpoint in the last 30 days and what came of it, newest first.
         */
        readonly get: operations["V1WebhooksDeliveriesListDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{webhook}/deliveries/{delivery}/redeliver": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Redeliver
         * @description Send a delivery again, with its id and body of the first time.
         */
        readonly post: operations["V1WebhooksDeliveriesDeliveryRedeliverRedeliver"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{webhook}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * RotateWebhook
         * @description Make a new signing secret. For 24 hours there is a signature by the old one too.
         */
        readonly post: operations["V1WebhooksRotateRotateWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{webhook}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * TestWebhook
         * @description Send a `webhook.test` event to an endpoint.
         */
        readonly post: operations["V1WebhooksTestTestWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Allowance
         * @description What a profile may ask for. ``None``: what the settings say.
         *
         *     ``reads``, ``writes``, ``uploads`` and ``stream_opens`` a minute; ``streams`` at the same time.
         */
        readonly Allowance: {
            /**
             * Reads
             * @default null
             */
            readonly reads: number | null;
            /**
             * Stream Opens
             * @default null
             */
            readonly stream_opens: number | null;
            /**
             * Streams
             * @default null
             */
            readonly streams: number | null;
            /**
             * Uploads
             * @default null
             */
            readonly uploads: number | null;
            /**
             * Writes
             * @default null
             */
            readonly writes: number | null;
        };
        /**
         * AnalysisResource
         * @description What was found in an upload. Times are seconds from its first picture, places shares of the picture as displayed.
         *
         *     ``filmstrip_url``: an image of ``filmstrip_frames`` pictures side by side, evenly spread; ``proxy_url``: a small MP4
         *     that any browser plays and seeks in. ``phash``, ``faces`` and ``focus`` are an image's.
         */
        readonly AnalysisResource: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /** Duration S */
            readonly duration_s: number;
            /** Faces */
            readonly faces: number;
            /** Filmstrip Frames */
            readonly filmstrip_frames: number;
            /** Filmstrip Url */
            readonly filmstrip_url: string | null;
            /** Focus */
            readonly focus: readonly components["schemas"]["Focus"][];
            /** Keyframes S */
            readonly keyframes_s: readonly number[];
            /** Phash */
            readonly phash: string | null;
            /** Proxy Url */
            readonly proxy_url: string | null;
            /** Scenes */
            readonly scenes: readonly components["schemas"]["Stretch"][];
            /** Segments */
            readonly segments: readonly components["schemas"]["Segment"][];
            /** Speech */
            readonly speech: readonly components["schemas"]["Stretch"][];
            /** Waveform Url */
            readonly waveform_url: string | null;
        };
        /**
         * AnyBrief
         * @description A brief of any kind, as it comes in at the door.
         */
        readonly AnyBrief: components["schemas"]["ScriptBrief"] | components["schemas"]["FootageBrief"];
        /**
         * AssetKind
         * @description What an upload is for. The kind decides which contents are accepted.
         * @enum {string}
         */
        readonly AssetKind: "footage" | "music" | "image";
        /**
         * AssetResource
         * @description An upload. ``state`` is uploaded, analysed or rejected; ``progress`` how far looking it through is (0..1);
         *     ``marks``: how many parts of it its notes mark.
         */
        readonly AssetResource: {
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            readonly facts: components["schemas"]["MediaFacts"];
            /** @default null */
            readonly fault: components["schemas"]["FaultReport"] | null;
            /**
             * Favourite
             * @default false
             */
            readonly favourite: boolean;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /**
             * Keywords
             * @default []
             */
            readonly keywords: readonly string[];
            readonly kind: components["schemas"]["AssetKind"];
            /**
             * Marks
             * @default 0
             */
            readonly marks: number;
            /** Media Type */
            readonly media_type: string;
            /** Name */
            readonly name: string;
            /**
             * Progress
             * @default null
             */
            readonly progress: number | null;
            /** Sha256 */
            readonly sha256: string;
            /** Size */
            readonly size: number;
            /** State */
            readonly state: string;
            /**
             * Thumbnail Url
             * @default null
             */
            readonly thumbnail_url: string | null;
            /**
             * Usable End S
             * @default null
             */
            readonly usable_end_s: number | null;
            /**
             * Usable Start S
             * @default null
             */
            readonly usable_start_s: number | null;
        };
        /**
         * AttemptResource
         * @description One try: ``status`` is what the endpoint answered, ``fault`` why it did not. ``answer``: its first bytes.
         */
        readonly AttemptResource: {
            /** Answer */
            readonly answer: string;
            /**
             * At
             * Format: date-time
             */
            readonly at: string;
            /** Fault */
            readonly fault: string | null;
            /** Number */
            readonly number: number;
            /** Status */
            readonly status: number | null;
            /** Took Ms */
            readonly took_ms: number;
        };
        /**
         * BlobRef
         * @description Bytes in the blob store, named by their own hash.
         *
         *     ``size`` is in bytes; ``media_type`` is an IANA media type.
         */
        readonly BlobRef: {
            /** Media Type */
            readonly media_type: string;
            /** Sha256 */
            readonly sha256: string;
            /** Size */
            readonly size: number;
        };
        /**
         * BookendChoice
         * @description A clip or an image before or after the video. ``seconds``: how long; all of a clip if nothing is said.
         */
        readonly BookendChoice: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /**
             * Seconds
             * @default null
             */
            readonly seconds: number | null;
            /**
             * Sound
             * @description Whether a clip's own sound is heard
             * @default false
             */
            readonly sound: boolean;
        };
        /**
         * Branding
         * @description What makes a video recognisable.
         */
        readonly Branding: {
            /** @default null */
            readonly intro: components["schemas"]["BookendChoice"] | null;
            /** @default null */
            readonly logo: components["schemas"]["LogoChoice"] | null;
            /** @default null */
            readonly outro: components["schemas"]["BookendChoice"] | null;
        };
        /**
         * CallerResource
         * @description The profile of whoever asks, and the key (null: none was needed).
         */
        readonly CallerResource: {
            /** Admin */
            readonly admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Disabled At */
            readonly disabled_at: string | null;
            /** Id */
            readonly id: string;
            /** Key */
            readonly key: string | null;
            readonly limits: components["schemas"]["Allowance"];
            /** Title */
            readonly title: string;
            /** Voices */
            readonly voices: {
                readonly [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * Candidate
         * @description A clip that was weighed for a phrase. ``score`` is 0..1, ``parts`` what it is made of.
         *
         *     It would be shown from ``source_in_s`` on, laid into the frame by ``crop`` and ``transform``, and can be shown until
         *     ``source_out_s``. A runner-up can be shown for as long as the phrase's picture is wanted.
         */
        readonly Candidate: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /**
             * Crop
             * @default []
             */
            readonly crop: readonly components["schemas"]["CropPoint"][];
            /** Name */
            readonly name: string;
            /** Parts */
            readonly parts: {
                readonly [key: string]: number;
            };
            /** Score */
            readonly score: number;
            /**
             * Segment
             * @default null
             */
            readonly segment: number | null;
            /** Source In S */
            readonly source_in_s: number;
            /**
             * Source Out S
             * @default null
             */
            readonly source_out_s: number | null;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            readonly transform: components["schemas"]["Transform"];
        };
        /**
         * Clip
         * @description A span of one source on the timeline.
         *
         *     Shown from frame ``start`` for ``frames`` frames; the first one is the source's picture at ``source_in_s``
         *     (seconds from the first picture of the source). What does not fit the output is cropped: along ``crop``, straight
         *     from point to point, or at the middle where it is empty. ``segment`` is the number of the source's segment.
         *
         *     An image is shown for as long as is asked; ``move`` is how the view moves over it. Intro and outro belong to no
         *     phrase (``NO_PHRASE``). ``heard``: with its own sound.
         */
        readonly Clip: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /**
             * Crop
             * @default []
             */
            readonly crop: readonly components["schemas"]["CropPoint"][];
            readonly facts: components["schemas"]["MediaFacts"];
            /** Frames */
            readonly frames: number;
            /**
             * Heard
             * @default false
             */
            readonly heard: boolean;
            /**
             * Move
             * @default null
             */
            readonly move: ("in" | "out" | "left" | "right") | null;
            /** Phrase */
            readonly phrase: number;
            /**
             * Segment
             * @default null
             */
            readonly segment: number | null;
            readonly source: components["schemas"]["BlobRef"];
            /** Source In S */
            readonly source_in_s: number;
            /** Start */
            readonly start: number;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            readonly transform: components["schemas"]["Transform"];
        };
        /**
         * CropPoint
         * @description Where the middle of the crop lies ``frame`` frames into a clip, as shares of the source's width and height.
         */
        readonly CropPoint: {
            /** Frame */
            readonly frame: number;
            /** X */
            readonly x: number;
            /** Y */
            readonly y: number;
        };
        /**
         * Cue
         * @description A subtitle: words shown together from ``start_s`` until ``end_s`` (exclusive).
         */
        readonly Cue: {
            /** End S */
            readonly end_s: number;
            /** Start S */
            readonly start_s: number;
            /** Words */
            readonly words: readonly components["schemas"]["Word"][];
        };
        /**
         * DeliveryResource
         * @description One message for one endpoint. ``state``: pending, delivered or failed. ``attempts``: the last ones, newest first.
         *
         *     ``message_id`` is the ``webhook-id`` it is sent with, each time. ``next_attempt_at`` is null once it has ended.
         */
        readonly DeliveryResource: {
            /** Attempts */
            readonly attempts: readonly components["schemas"]["AttemptResource"][];
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /** Message Id */
            readonly message_id: string;
            /** Next Attempt At */
            readonly next_attempt_at: string | null;
            /** State */
            readonly state: string;
            /** Type */
            readonly type: string;
        };
        /**
         * Done
         * @description What became of many: those that are as was asked, and those that are not.
         */
        readonly Done: {
            /** Done */
            readonly done: readonly string[];
            /** Refused */
            readonly refused: readonly components["schemas"]["Refusal"][];
        };
        /**
         * EncoderWish
         * @description Overrides of the preset's own encoder settings.
         */
        readonly EncoderWish: {
            /**
             * Crf
             * @default null
             */
            readonly crf: number | null;
            /**
             * Speed
             * @default null
             */
            readonly speed: ("ultrafast" | "superfast" | "veryfast" | "faster" | "fast" | "medium" | "slow") | null;
        };
        /**
         * FaultReport
         * @description A fault as it travels and as it is shown. ``code`` is stable; ``message`` is for a person.
         */
        readonly FaultReport: {
            /** Code */
            readonly code: string;
            /** Message */
            readonly message: string;
            /**
             * Technical
             * @default false
             */
            readonly technical: boolean;
            /**
             * Tries
             * @default 1
             */
            readonly tries: number;
        };
        /**
         * Fetch
         * @description A file to be fetched: where it lies, and what it is for.
         */
        readonly Fetch: {
            /** @default footage */
            readonly kind: components["schemas"]["AssetKind"];
            /**
             * Name
             * @default null
             */
            readonly name: string | null;
            /** Url */
            readonly url: string;
        };
        /**
         * FieldError
         * @description One fault in a body: where (JSON pointer) and what.
         */
        readonly FieldError: {
            /** Message */
            readonly message: string;
            /** Pointer */
            readonly pointer: string;
        };
        /**
         * FileResource
         * @description A finished file and where to download it. Loudness measured on the file: LUFS, dBTP.
         */
        readonly FileResource: {
            /** Duration S */
            readonly duration_s: number;
            /** Height */
            readonly height: number;
            /** Integrated Lufs */
            readonly integrated_lufs: number;
            readonly preset: components["schemas"]["PresetName"];
            /** Sha256 */
            readonly sha256: string;
            /** Size */
            readonly size: number;
            /** True Peak Dbtp */
            readonly true_peak_dbtp: number;
            /** Url */
            readonly url: string;
            /** Width */
            readonly width: number;
        };
        /**
         * Filters
         * @description Applied to the pictures in this order, before subtitles and logo: less noise, sharper, colours. None, 0 and 1
         *     leave a picture as it is. ``denoise`` is hqdn3d's spatial strength, ``sharpen`` unsharp's amount; the others are
         *     eq's.
         */
        readonly Filters: {
            /**
             * Brightness
             * @default 0
             */
            readonly brightness: number;
            /**
             * Contrast
             * @default 1
             */
            readonly contrast: number;
            /**
             * Denoise
             * @default null
             */
            readonly denoise: number | null;
            /**
             * Saturation
             * @default 1
             */
            readonly saturation: number;
            /**
             * Sharpen
             * @default null
             */
            readonly sharpen: number | null;
        };
        /**
         * Focus
         * @description Where in the picture the eye goes at a moment: the middle of the faces, else of what moves.
         */
        readonly Focus: {
            /** At S */
            readonly at_s: number;
            /** X */
            readonly x: number;
            /** Y */
            readonly y: number;
        };
        /**
         * FootageBrief
         * @description Footage-first: the best moments of the footage, cut to a length. A script, if there is one, is spoken over them
         *     and sets the length itself.
         */
        readonly FootageBrief: {
            /**
             * @default {
             *       "intro": null,
             *       "logo": null,
             *       "outro": null
             *     }
             */
            readonly branding: components["schemas"]["Branding"];
            /**
             * Context
             * @description What the video is about, in your words: moments that fit it come first
             * @default
             */
            readonly context: string;
            /**
             * @default {
             *       "crf": null,
             *       "speed": null
             *     }
             */
            readonly encoder: components["schemas"]["EncoderWish"];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            readonly filters: components["schemas"]["Filters"];
            /** Footage */
            readonly footage: readonly string[];
            /**
             * Kind
             * @constant
             */
            readonly kind: "footage";
            /**
             * Language
             * @default en
             */
            readonly language: string;
            /**
             * Length S
             * @default 30
             */
            readonly length_s: number;
            /** @default null */
            readonly music: components["schemas"]["MusicChoice"] | null;
            /**
             * Presets
             * @default [
             *       "tiktok"
             *     ]
             */
            readonly presets: readonly components["schemas"]["PresetName"][];
            /**
             * Project
             * @description Of the jobs of one project at most one is under way; a second one gets 409
             * @default null
             */
            readonly project: string | null;
            /**
             * Quality
             * @default final
             * @enum {string}
             */
            readonly quality: "final" | "draft";
            /**
             * Review
             * @description Each video waits after these steps until it is approved
             * @default []
             */
            readonly review: readonly ("script" | "voice" | "plan")[];
            /**
             * Script
             * @default
             */
            readonly script: string;
            /**
             * @default {
             *       "keep_s": 0.06,
             *       "over_s": 0.25,
             *       "shorten": true
             *     }
             */
            readonly silence: components["schemas"]["SilenceRule"];
            /**
             * @default {
             *       "gain_db": 0,
             *       "original": true,
             *       "under_voice": "duck"
             *     }
             */
            readonly sound: components["schemas"]["SoundWish"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            readonly subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * Title
             * @default
             */
            readonly title: string;
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            readonly transition: components["schemas"]["TransitionStyle"];
            /**
             * Variants
             * @default 1
             */
            readonly variants: number;
            /**
             * @default {
             *       "fallback": "none",
             *       "model": null,
             *       "name": null,
             *       "provider": "auto",
             *       "similarity": 0.75,
             *       "speed": 1,
             *       "stability": 0.5,
             *       "style": 0
             *     }
             */
            readonly voice: components["schemas"]["VoiceChoice"];
        };
        /**
         * InboxHealth
         * @description An inbox, judged.
         */
        readonly InboxHealth: {
            /** Asking */
            readonly asking: number;
            /**
             * Idle S
             * @default null
             */
            readonly idle_s: number | null;
            /** In Work */
            readonly in_work: number;
            /** Name */
            readonly name: string;
            /**
             * Oldest S
             * @default null
             */
            readonly oldest_s: number | null;
            /** Redelivered */
            readonly redelivered: number;
            /** Service */
            readonly service: string;
            /** Slots */
            readonly slots: number;
            readonly verdict: components["schemas"]["Verdict"];
            /** Versions */
            readonly versions?: {
                readonly [key: string]: number;
            };
            /** Waiting */
            readonly waiting: number;
            /** Words */
            readonly words: string;
        };
        /**
         * JobResource
         * @description A job: ``share`` is 0..1 over all steps of all its videos, ``eta_s`` seconds until the last of them is finished,
         *     null if that is not known.
         */
        readonly JobResource: {
            /**
             * Brief
             * @default null
             */
            readonly brief: (components["schemas"]["ScriptBrief"] | components["schemas"]["FootageBrief"]) | null;
            /** Created At */
            readonly created_at: string | null;
            /**
             * Eta S
             * @default null
             */
            readonly eta_s: number | null;
            /** Events Url */
            readonly events_url: string;
            readonly fault: components["schemas"]["FaultReport"] | null;
            /** Finished At */
            readonly finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /** Kind */
            readonly kind: string;
            /** Presets */
            readonly presets: readonly components["schemas"]["PresetName"][];
            /** Project */
            readonly project: string | null;
            /**
             * Quality
             * @enum {string}
             */
            readonly quality: "final" | "draft";
            /** Share */
            readonly share: number;
            readonly state: components["schemas"]["State"];
            /** Title */
            readonly title: string;
            /** Url */
            readonly url: string;
            /** Videos */
            readonly videos: readonly components["schemas"]["VideoResource"][];
        };
        /**
         * KeyResource
         * @description A key without its secret, which nobody knows any more. ``good``: it is taken now.
         */
        readonly KeyResource: {
            /** Admin */
            readonly admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Expires At */
            readonly expires_at: string | null;
            /** Good */
            readonly good: boolean;
            /** Id */
            readonly id: string;
            /** Profile */
            readonly profile: string;
            /** Revoked At */
            readonly revoked_at: string | null;
            /** Title */
            readonly title: string;
        };
        /**
         * LanguageOption
         * @description A language that can be spoken here. ``code`` is what a brief's ``language`` takes.
         */
        readonly LanguageOption: {
            /** Code */
            readonly code: string;
            /** Name */
            readonly name: string;
        };
        /**
         * LetterDetail
         * @description A dead letter with its message, None once the log has it no more.
         */
        readonly LetterDetail: {
            /**
             * At
             * Format: date-time
             */
            readonly at: string;
            readonly fault: components["schemas"]["FaultReport"];
            /** Id */
            readonly id: string;
            /** Inbox */
            readonly inbox: string;
            /** Job */
            readonly job: string | null;
            readonly message: components["schemas"]["MessageResource"] | null;
            /**
             * Reason
             * @enum {string}
             */
            readonly reason: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost";
            /** Replayed At */
            readonly replayed_at: string | null;
            /** Run */
            readonly run: number;
            /** Seq */
            readonly seq: number;
            /** Subject */
            readonly subject: string;
            /** Tries */
            readonly tries: readonly components["schemas"]["Try"][];
            /** Url */
            readonly url: string;
            /** Video */
            readonly video: string | null;
        };
        /**
         * LetterResource
         * @description A message that could not be worked on, and why. ``replayed_at``: it was sent on its way, or needs it no more.
         */
        readonly LetterResource: {
            /**
             * At
             * Format: date-time
             */
            readonly at: string;
            readonly fault: components["schemas"]["FaultReport"];
            /** Id */
            readonly id: string;
            /** Inbox */
            readonly inbox: string;
            /** Job */
            readonly job: string | null;
            /**
             * Reason
             * @enum {string}
             */
            readonly reason: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost";
            /** Replayed At */
            readonly replayed_at: string | null;
            /** Run */
            readonly run: number;
            /** Seq */
            readonly seq: number;
            /** Subject */
            readonly subject: string;
            /** Tries */
            readonly tries: readonly components["schemas"]["Try"][];
            /** Url */
            readonly url: string;
            /** Video */
            readonly video: string | null;
        };
        /**
         * LettersSeen
         * @description Dead letters that were not replayed. ``more``: there are older ones that were not counted.
         */
        readonly LettersSeen: {
            /**
             * More
             * @default false
             */
            readonly more: boolean;
            /** Open */
            readonly open: number;
        };
        /**
         * LimitsResource
         * @description What a brief and an upload may have at most; ``upload_bytes`` by the upload's kind.
         */
        readonly LimitsResource: {
            /**
             * Context Chars
             * @default 2000
             */
            readonly context_chars: number;
            /**
             * Footage Per Job
             * @default 60
             */
            readonly footage_per_job: number;
            /**
             * Length Max S
             * @default 180
             */
            readonly length_max_s: number;
            /**
             * Length Min S
             * @default 3
             */
            readonly length_min_s: number;
            /**
             * Script Chars
             * @default 5000
             */
            readonly script_chars: number;
            /**
             * Title Chars
             * @default 200
             */
            readonly title_chars: number;
            /** Upload Bytes */
            readonly upload_bytes: {
                readonly [key: string]: number;
            };
            /**
             * Variants
             * @default 10
             */
            readonly variants: number;
        };
        /**
         * Logo
         * @description An image in a corner, from frame ``start`` on for ``frames`` frames.
         */
        readonly Logo: {
            readonly facts: components["schemas"]["MediaFacts"];
            /** Frames */
            readonly frames: number;
            readonly place: components["schemas"]["LogoPlace"];
            readonly source: components["schemas"]["BlobRef"];
            /** Start */
            readonly start: number;
        };
        /**
         * LogoChoice
         * @description An image in a corner, on all but intro and outro.
         */
        readonly LogoChoice: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /**
             * Corner
             * @default top_right
             * @enum {string}
             */
            readonly corner: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            /**
             * Margin
             * @default 0.01
             */
            readonly margin: number;
            /**
             * Opacity
             * @default 1
             */
            readonly opacity: number;
            /**
             * Size
             * @default 0.16
             */
            readonly size: number;
        };
        /**
         * LogoPlace
         * @description Where a logo stands and how. ``size`` is the side of the square it is fitted into, ``margin`` its distance from
         *     the edges of the safe zone; both as shares of the picture's shorter side.
         */
        readonly LogoPlace: {
            /**
             * Corner
             * @default top_right
             * @enum {string}
             */
            readonly corner: "top_left" | "top_right" | "bottom_left" | "bottom_right";
            /**
             * Margin
             * @default 0.01
             */
            readonly margin: number;
            /**
             * Opacity
             * @default 1
             */
            readonly opacity: number;
            /**
             * Size
             * @default 0.16
             */
            readonly size: number;
        };
        /**
         * LogSeen
         * @description How far the database is behind the log. ``lag`` in messages, ``lag_s`` since when, in seconds.
         */
        readonly LogSeen: {
            /** Lag */
            readonly lag: number;
            /** Lag S */
            readonly lag_s: number;
            /** Last Seq */
            readonly last_seq: number;
            /** Written Down */
            readonly written_down: number;
        };
        /**
         * MadeKey
         * @description A key just made; ``key`` is shown this once.
         */
        readonly MadeKey: {
            /** Admin */
            readonly admin: boolean;
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Expires At */
            readonly expires_at: string | null;
            /** Good */
            readonly good: boolean;
            /** Id */
            readonly id: string;
            /** Key */
            readonly key: string;
            /** Profile */
            readonly profile: string;
            /** Revoked At */
            readonly revoked_at: string | null;
            /** Title */
            readonly title: string;
        };
        /**
         * Mark
         * @description A part of a source between an in and an out mark, with what its owner says of it.
         */
        readonly Mark: {
            /** End S */
            readonly end_s: number;
            /**
             * Favourite
             * @default false
             */
            readonly favourite: boolean;
            /**
             * Hidden
             * @description Never shown
             * @default false
             */
            readonly hidden: boolean;
            /**
             * Keywords
             * @default []
             */
            readonly keywords: readonly string[];
            /**
             * Notes
             * @default
             */
            readonly notes: string;
            /** Start S */
            readonly start_s: number;
            /**
             * @default {
             *       "flip_x": false,
             *       "flip_y": false,
             *       "opacity": 1,
             *       "pan_x": 0,
             *       "pan_y": 0,
             *       "rotate": 0,
             *       "scale": 1
             *     }
             */
            readonly transform: components["schemas"]["Transform"];
        };
        /**
         * Match
         * @description Why one phrase got its picture.
         */
        readonly Match: {
            readonly chosen: components["schemas"]["Candidate"];
            /** Phrase */
            readonly phrase: number;
            /** Reason */
            readonly reason: string;
            /** Runners Up */
            readonly runners_up: readonly components["schemas"]["Candidate"][];
            /** Text */
            readonly text: string;
        };
        /**
         * MatchEdit
         * @description Another picture for a phrase: one of its runners-up, by place from 0, or any part of one of the job's clips, from
         *     ``source_in_s`` (seconds) on.
         */
        readonly MatchEdit: {
            /**
             * Asset
             * @default null
             */
            readonly asset: string | null;
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            readonly hold: boolean;
            /**
             * Runner Up
             * @default null
             */
            readonly runner_up: number | null;
            /**
             * Source In S
             * @default null
             */
            readonly source_in_s: number | null;
        };
        /**
         * MatchReport
         * @description For each phrase: the choice, its score in parts, the runners-up and the reason in words.
         */
        readonly MatchReport: {
            /** Matches */
            readonly matches: readonly components["schemas"]["Match"][];
        };
        /**
         * MediaFacts
         * @description What a probe saw in a file. Times in seconds on the file's own clock, sizes in pixels as displayed.
         *
         *     An image lasts no time: its duration and frame rate are 0, and it has no video codec.
         */
        readonly MediaFacts: {
            /**
             * Audio Channels
             * @default 0
             */
            readonly audio_channels: number;
            /**
             * Audio Codec
             * @default null
             */
            readonly audio_codec: string | null;
            /**
             * Audio Rate Hz
             * @default 0
             */
            readonly audio_rate_hz: number;
            /** Container */
            readonly container: string;
            /** Demuxer */
            readonly demuxer: string;
            /** Duration S */
            readonly duration_s: number;
            /**
             * Fps
             * @default 0
             */
            readonly fps: number;
            /**
             * Height
             * @default 0
             */
            readonly height: number;
            /**
             * Rotation
             * @default 0
             */
            readonly rotation: number;
            /**
             * Start S
             * @default 0
             */
            readonly start_s: number;
            /**
             * Video Codec
             * @default null
             */
            readonly video_codec: string | null;
            /**
             * Width
             * @default 0
             */
            readonly width: number;
        };
        /**
         * MessageResource
         * @description A message as it lies in the log. ``excerpt``: the first 4 KiB; what is not text is escaped.
         */
        readonly MessageResource: {
            /** At */
            readonly at: string | null;
            /** Cut */
            readonly cut: boolean;
            /** Excerpt */
            readonly excerpt: string;
            /** Headers */
            readonly headers: {
                readonly [key: string]: string;
            };
            /** Seq */
            readonly seq: number;
            /** Size */
            readonly size: number;
            /** Subject */
            readonly subject: string;
        };
        /**
         * MusicChoice
         * @description A music asset under the voice. ``gain_db`` is its level before ducking.
         */
        readonly MusicChoice: {
            /**
             * Asset
             * Format: uuid
             */
            readonly asset: string;
            /**
             * Duck
             * @default true
             */
            readonly duck: boolean;
            /**
             * Gain Db
             * @default -14
             */
            readonly gain_db: number;
        };
        /**
         * MusicLevel
         * @description How loud the music is (dB, before it steps back), and whether it steps back when somebody talks.
         */
        readonly MusicLevel: {
            /**
             * Duck
             * @default null
             */
            readonly duck: boolean | null;
            /**
             * Gain Db
             * @default null
             */
            readonly gain_db: number | null;
        };
        /**
         * MusicTrack
         * @description Music under the voice, looped if it is shorter. ``gain_db`` before ducking.
         */
        readonly MusicTrack: {
            /** Duck */
            readonly duck: boolean;
            readonly facts: components["schemas"]["MediaFacts"];
            /** Gain Db */
            readonly gain_db: number;
            readonly source: components["schemas"]["BlobRef"];
        };
        /**
         * Naming
         * @description What a video is to be called; null: as its job.
         */
        readonly Naming: {
            /** Name */
            readonly name: string | null;
        };
        /**
         * NewKey
         * @description A key to be made. ``admin``: it may make profiles and keys; ``expires_at``: null for never.
         */
        readonly NewKey: {
            /**
             * Admin
             * @default false
             */
            readonly admin: boolean;
            /**
             * Expires At
             * @default null
             */
            readonly expires_at: string | null;
            /**
             * Title
             * @default
             */
            readonly title: string;
        };
        /**
         * NewProfile
         * @description A profile to be made. ``limits`` count before the settings'.
         */
        readonly NewProfile: {
            /** Id */
            readonly id: string;
            /**
             * @default {
             *       "reads": null,
             *       "stream_opens": null,
             *       "streams": null,
             *       "uploads": null,
             *       "writes": null
             *     }
             */
            readonly limits: components["schemas"]["Allowance"];
            /**
             * Title
             * @default
             */
            readonly title: string;
            /** Voices */
            readonly voices?: {
                readonly [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * Notes
         * @description What the owner of an upload says of it: of the whole, and of the parts marked in it.
         */
        readonly Notes: {
            /**
             * Favourite
             * @default false
             */
            readonly favourite: boolean;
            /**
             * Keywords
             * @default []
             */
            readonly keywords: readonly string[];
            /**
             * Marks
             * @default []
             */
            readonly marks: readonly components["schemas"]["Mark"][];
            /**
             * Notes
             * @default
             */
            readonly notes: string;
        };
        /**
         * OptionsResource
         * @description All there is to choose from in a brief that is not a user's own. The first of each is the default.
         */
        readonly OptionsResource: {
            /** Fonts */
            readonly fonts: readonly string[];
            /** Kinds */
            readonly kinds: readonly string[];
            /** Languages */
            readonly languages: readonly components["schemas"]["LanguageOption"][];
            readonly limits: components["schemas"]["LimitsResource"];
            /** Presets */
            readonly presets: readonly components["schemas"]["PresetOption"][];
            /** Qualities */
            readonly qualities: readonly string[];
            /** Reviews */
            readonly reviews: readonly string[];
            /** Subtitle Presets */
            readonly subtitle_presets: readonly string[];
            /** Transitions */
            readonly transitions: readonly string[];
            /** Version */
            readonly version: string;
        };
        /**
         * OriginalSound
         * @description The sound of the clips that are ``heard``, at ``gain_db``. Where the voice speaks it is turned down (``duck``),
         *     or so far that nobody hears it (``mute``).
         */
        readonly OriginalSound: {
            /**
             * Gain Db
             * @default 0
             */
            readonly gain_db: number;
            /**
             * Under Voice
             * @default duck
             * @enum {string}
             */
            readonly under_voice: "duck" | "mute";
        };
        /**
         * OwnChange
         * @description What a profile may change of itself. What is given takes the place of what was there as a whole.
         */
        readonly OwnChange: {
            /**
             * Title
             * @default null
             */
            readonly title: string | null;
            /**
             * Voices
             * @default null
             */
            readonly voices: {
                readonly [key: string]: components["schemas"]["Voice"];
            } | null;
        };
        /** Page[AssetResource] */
        readonly Page_AssetResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["AssetResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[DeliveryResource] */
        readonly Page_DeliveryResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["DeliveryResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[JobResource] */
        readonly Page_JobResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["JobResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[KeyResource] */
        readonly Page_KeyResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["KeyResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[LetterResource] */
        readonly Page_LetterResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["LetterResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[ProfileResource] */
        readonly Page_ProfileResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["ProfileResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[ProjectResource] */
        readonly Page_ProjectResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["ProjectResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[UploadResource] */
        readonly Page_UploadResource_: {
            /** Items */
            readonly items: readonly components["schemas"]["UploadResource"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /** Page[VideoCard] */
        readonly Page_VideoCard_: {
            /** Items */
            readonly items: readonly components["schemas"]["VideoCard"][];
            /** Next Cursor */
            readonly next_cursor: string | null;
        };
        /**
         * Phrase
         * @description A stretch of the script that is shown over one picture: usually a sentence.
         */
        readonly Phrase: {
            /** Index */
            readonly index: number;
            /** Text */
            readonly text: string;
        };
        /**
         * PipelineHealth
         * @description The whole line. ``status``: ok, degraded (videos are made, something is wrong) or down (some can't be).
         *
         *     ``stuck`` and ``dead_letters`` are of all users, and told to admins alone.
         */
        readonly PipelineHealth: {
            /**
             * At
             * Format: date-time
             */
            readonly at: string;
            readonly dead_letters: components["schemas"]["LettersSeen"] | null;
            /** Inboxes */
            readonly inboxes: readonly components["schemas"]["InboxHealth"][];
            /** Jobs Open */
            readonly jobs_open: number;
            /** Jobs Stuck */
            readonly jobs_stuck: number;
            readonly log: components["schemas"]["LogSeen"];
            /** Reconciled At */
            readonly reconciled_at: string | null;
            /** Services */
            readonly services: readonly components["schemas"]["ServiceSeen"][];
            /** Status */
            readonly status: string;
            /** Stuck */
            readonly stuck: readonly components["schemas"]["StuckJob"][];
            /** Words */
            readonly words: readonly string[];
        };
        /**
         * PlanMade
         * @description What is shown, and why.
         */
        readonly PlanMade: {
            readonly match_report: components["schemas"]["MatchReport"];
            readonly timeline: components["schemas"]["Timeline"];
        };
        /**
         * PresetName
         * @description Where a video is going to be posted.
         * @enum {string}
         */
        readonly PresetName: "tiktok" | "reels" | "shorts" | "square" | "landscape" | "generic";
        /**
         * PresetOption
         * @description A platform preset. ``max_s``: seconds its strictest platform takes; null: no limit to think of.
         */
        readonly PresetOption: {
            /** Height */
            readonly height: number;
            /** Label */
            readonly label: string;
            /** Max S */
            readonly max_s: number | null;
            readonly name: components["schemas"]["PresetName"];
            /** Platforms */
            readonly platforms: readonly string[];
            /** Width */
            readonly width: number;
        };
        /**
         * ProblemDetails
         * @description The body of every refusal.
         */
        readonly ProblemDetails: {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
            /**
             * Errors
             * @default []
             */
            readonly errors: readonly components["schemas"]["FieldError"][];
            /**
             * Job
             * @default null
             */
            readonly job: string | null;
            /**
             * Job Url
             * @default null
             */
            readonly job_url: string | null;
            /**
             * Request Id
             * @default
             */
            readonly request_id: string;
            /** Status */
            readonly status: number;
            /** Title */
            readonly title: string;
            /** Type */
            readonly type: string;
        };
        /**
         * ProfileChange
         * @description What an admin may change. A disabled profile's keys are not taken; its jobs go on.
         */
        readonly ProfileChange: {
            /**
             * Disabled
             * @default null
             */
            readonly disabled: boolean | null;
            /** @default null */
            readonly limits: components["schemas"]["Allowance"] | null;
            /**
             * Title
             * @default null
             */
            readonly title: string | null;
            /**
             * Voices
             * @default null
             */
            readonly voices: {
                readonly [key: string]: components["schemas"]["Voice"];
            } | null;
        };
        /**
         * ProfileResource
         * @description A profile: whatever is made with its keys is its own, and nobody else's exists for it.
         */
        readonly ProfileResource: {
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Disabled At */
            readonly disabled_at: string | null;
            /** Id */
            readonly id: string;
            readonly limits: components["schemas"]["Allowance"];
            /** Title */
            readonly title: string;
            /** Voices */
            readonly voices: {
                readonly [key: string]: components["schemas"]["Voice"];
            };
        };
        /**
         * ProjectResource
         * @description A project: how many jobs it has had, and the one that is under way, if any.
         */
        readonly ProjectResource: {
            /** Active Job */
            readonly active_job: string | null;
            /** Jobs */
            readonly jobs: number;
            /**
             * Last At
             * Format: date-time
             */
            readonly last_at: string;
            /**
             * Last Job
             * Format: uuid
             */
            readonly last_job: string;
            /** Project */
            readonly project: string;
        };
        /**
         * Refusal
         * @description A video that was left as it is, and why.
         */
        readonly Refusal: {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
        };
        /**
         * Replayed
         * @description What became of several letters. ``next_cursor`` asks for what follows; null at the end.
         */
        readonly Replayed: {
            /** Next Cursor */
            readonly next_cursor: string | null;
            /** Replayed */
            readonly replayed: readonly string[];
            /** Skipped */
            readonly skipped: readonly components["schemas"]["Skipped"][];
        };
        /**
         * ReplaySome
         * @description Which letters to replay; with none of it, the newest ones that were not.
         */
        readonly ReplaySome: {
            /**
             * Cursor
             * @default null
             */
            readonly cursor: string | null;
            /**
             * Inbox
             * @default null
             */
            readonly inbox: string | null;
            /**
             * Limit
             * @default 20
             */
            readonly limit: number;
            /**
             * Reason
             * @default null
             */
            readonly reason: ("unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost") | null;
        };
        /**
         * ReviewResource
         * @description All that was made of a video so far. ``review`` is what it waits for: the script, the voice or the plan; null if
         *     it does not wait. ``version`` is also the ETag: with If-Match, nobody's changes in between are lost.
         */
        readonly ReviewResource: {
            /**
             * Job
             * Format: uuid
             */
            readonly job: string;
            /** Number */
            readonly number: number;
            readonly plan: components["schemas"]["PlanMade"] | null;
            /** Review */
            readonly review: ("script" | "voice" | "plan") | null;
            /** Run */
            readonly run: number;
            readonly script: components["schemas"]["ScriptMade"] | null;
            readonly state: components["schemas"]["State"];
            /** Version */
            readonly version: string;
            /**
             * Video
             * Format: uuid
             */
            readonly video: string;
            readonly voice: components["schemas"]["VoiceMade"] | null;
        };
        /**
         * Scores
         * @description How worth showing a segment is, in parts; each 0..1, more is better.
         */
        readonly Scores: {
            /** Brightness */
            readonly brightness: number;
            /** Contrast */
            readonly contrast: number;
            /** Motion */
            readonly motion: number;
            /** Sharpness */
            readonly sharpness: number;
            /** Variance */
            readonly variance: number;
        };
        /**
         * ScriptBrief
         * @description Script-first: a ready script, and footage to show while it is spoken.
         */
        readonly ScriptBrief: {
            /**
             * @default {
             *       "intro": null,
             *       "logo": null,
             *       "outro": null
             *     }
             */
            readonly branding: components["schemas"]["Branding"];
            /**
             * @default {
             *       "crf": null,
             *       "speed": null
             *     }
             */
            readonly encoder: components["schemas"]["EncoderWish"];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            readonly filters: components["schemas"]["Filters"];
            /** Footage */
            readonly footage: readonly string[];
            /**
             * Kind
             * @default script
             * @constant
             */
            readonly kind: "script";
            /**
             * Language
             * @default en
             */
            readonly language: string;
            /** @default null */
            readonly music: components["schemas"]["MusicChoice"] | null;
            /**
             * Presets
             * @default [
             *       "tiktok"
             *     ]
             */
            readonly presets: readonly components["schemas"]["PresetName"][];
            /**
             * Project
             * @description Of the jobs of one project at most one is under way; a second one gets 409
             * @default null
             */
            readonly project: string | null;
            /**
             * Quality
             * @default final
             * @enum {string}
             */
            readonly quality: "final" | "draft";
            /**
             * Review
             * @description Each video waits after these steps until it is approved
             * @default []
             */
            readonly review: readonly ("script" | "voice" | "plan")[];
            /** Script */
            readonly script: string;
            /**
             * @default {
             *       "keep_s": 0.06,
             *       "over_s": 0.25,
             *       "shorten": true
             *     }
             */
            readonly silence: components["schemas"]["SilenceRule"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            readonly subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * Title
             * @default
             */
            readonly title: string;
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            readonly transition: components["schemas"]["TransitionStyle"];
            /**
             * Variants
             * @default 1
             */
            readonly variants: number;
            /**
             * @default {
             *       "fallback": "none",
             *       "model": null,
             *       "name": null,
             *       "provider": "auto",
             *       "similarity": 0.75,
             *       "speed": 1,
             *       "stability": 0.5,
             *       "style": 0
             *     }
             */
            readonly voice: components["schemas"]["VoiceChoice"];
        };
        /**
         * ScriptEdit
         * @description Other words, or another voice. ``script`` is cleaned and split into phrases; ``phrases`` are taken as they are
         *     split. What is left out stays.
         */
        readonly ScriptEdit: {
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            readonly hold: boolean;
            /**
             * Phrases
             * @default null
             */
            readonly phrases: readonly string[] | null;
            /**
             * Script
             * @default null
             */
            readonly script: string | null;
            /** @default null */
            readonly voice: components["schemas"]["VoiceChoice"] | null;
        };
        /**
         * ScriptMade
         * @description What is said, by the phrases that each get a picture.
         */
        readonly ScriptMade: {
            /** Language */
            readonly language: string;
            /** Phrases */
            readonly phrases: readonly components["schemas"]["Phrase"][];
            /** Text */
            readonly text: string;
        };
        /**
         * Segment
         * @description A part of one scene that can be shown by itself. ``score`` is 0..1; ``phash`` a 64-bit perceptual hash as 16 hex
         *     digits: two pictures that look alike differ in few bits. ``unfit`` tells why it had better not be shown.
         */
        readonly Segment: {
            /** End S */
            readonly end_s: number;
            /**
             * Faces
             * @default 0
             */
            readonly faces: number;
            /**
             * Focus
             * @default []
             */
            readonly focus: readonly components["schemas"]["Focus"][];
            /** Number */
            readonly number: number;
            /** Phash */
            readonly phash: string;
            /** Score */
            readonly score: number;
            readonly scores: components["schemas"]["Scores"];
            /** Start S */
            readonly start_s: number;
            /**
             * Unfit
             * @default null
             */
            readonly unfit: ("dark" | "still" | "blurred" | "duplicate") | null;
        };
        /**
         * ServiceSeen
         * @description How many processes of a service live, by version.
         */
        readonly ServiceSeen: {
            /** Name */
            readonly name: string;
            /** Running */
            readonly running: number;
            /** Versions */
            readonly versions: {
                readonly [key: string]: number;
            };
        };
        /**
         * SessionProfile
         * @description Whoever is signed in. ``name``: the profile's title, or its id.
         */
        readonly SessionProfile: {
            /** Admin */
            readonly admin: boolean;
            /** Id */
            readonly id: string;
            /** Name */
            readonly name: string;
        };
        /**
         * SessionResource
         * @description ``needs_key``: nothing can be done here before somebody signs in.
         */
        readonly SessionResource: {
            /** Needs Key */
            readonly needs_key: boolean;
            readonly profile: components["schemas"]["SessionProfile"] | null;
            /** Signed In */
            readonly signed_in: boolean;
        };
        /**
         * Several
         * @description Videos to do the same with.
         */
        readonly Several: {
            /** Ids */
            readonly ids: readonly string[];
        };
        /**
         * SignIn
         * @description A key to sign in with.
         */
        readonly SignIn: {
            /** Key */
            readonly key: string;
        };
        /**
         * SilenceRule
         * @description Gaps in the voice longer than ``over_s`` are shortened, ``keep_s`` stays on each side. Seconds.
         */
        readonly SilenceRule: {
            /**
             * Keep S
             * @default 0.06
             */
            readonly keep_s: number;
            /**
             * Over S
             * @default 0.25
             */
            readonly over_s: number;
            /**
             * Shorten
             * @default true
             */
            readonly shorten: boolean;
        };
        /**
         * Skipped
         * @description A letter that was not replayed, and why.
         */
        readonly Skipped: {
            /** Code */
            readonly code: string;
            /** Detail */
            readonly detail: string;
            /** Id */
            readonly id: string;
        };
        /**
         * Sort
         * @description newest, oldest, name or longest first
         * @default newest
         * @enum {string}
         */
        readonly Sort: "newest" | "oldest" | "name" | "longest";
        /**
         * SoundWish
         * @description What becomes of the footage's own sound: kept, or left out. Under a voice-over it is turned down (``duck``) or
         *     left out where the voice speaks (``mute``). ``gain_db`` is its level.
         */
        readonly SoundWish: {
            /**
             * Gain Db
             * @default 0
             */
            readonly gain_db: number;
            /**
             * Original
             * @default true
             */
            readonly original: boolean;
            /**
             * Under Voice
             * @default duck
             * @enum {string}
             */
            readonly under_voice: "duck" | "mute";
        };
        /**
         * SrtCue
         * @description One subtitle. ``index`` is its place in the file from 1; times in seconds; ``lines`` are its text, top down.
         */
        readonly SrtCue: {
            /** End S */
            readonly end_s: number;
            /** Index */
            readonly index: number;
            /** Lines */
            readonly lines: readonly string[];
            /** Start S */
            readonly start_s: number;
        };
        /**
         * State
         * @description Where a job or a video stands.
         * @enum {string}
         */
        readonly State: "queued" | "running" | "waiting_for_review" | "completed" | "failed" | "cancelled";
        /**
         * StepName
         * @description The stations of the line, in order; each is a service of the same name.
         * @enum {string}
         */
        readonly StepName: "script" | "tts" | "footage" | "render" | "storage";
        /**
         * StepState
         * @description Where one step of a video stands.
         * @enum {string}
         */
        readonly StepState: "waiting" | "running" | "done" | "failed" | "cancelled";
        /**
         * StepView
         * @description One step as a user sees it. ``share`` is 0..1; ``eta_s`` seconds to its end, if known. ``began_at``: when it was
         *     taken up. ``queue_place``: how many waiting steps of the same station, whosever they are, come before it, plus one;
         *     null if it does not wait in a queue.
         */
        readonly StepView: {
            /**
             * Began At
             * @default null
             */
            readonly began_at: string | null;
            /**
             * Eta S
             * @default null
             */
            readonly eta_s: number | null;
            /** @default null */
            readonly fault: components["schemas"]["FaultReport"] | null;
            /**
             * Finished At
             * @default null
             */
            readonly finished_at: string | null;
            /**
             * Queue Place
             * @default null
             */
            readonly queue_place: number | null;
            /**
             * Reused
             * @default false
             */
            readonly reused: boolean;
            /**
             * Share
             * @default 0
             */
            readonly share: number;
            /**
             * Started At
             * @default null
             */
            readonly started_at: string | null;
            readonly state: components["schemas"]["StepState"];
            readonly step: components["schemas"]["StepName"];
        };
        /**
         * Stretch
         * @description A part of a source, from ``start_s`` until ``end_s`` (exclusive).
         */
        readonly Stretch: {
            /** End S */
            readonly end_s: number;
            /** Start S */
            readonly start_s: number;
        };
        /**
         * StuckJob
         * @description A job or an upload that has not moved for long, and why.
         */
        readonly StuckJob: {
            /** Inbox */
            readonly inbox: string;
            /**
             * Job
             * Format: uuid
             */
            readonly job: string;
            /**
             * Since
             * Format: date-time
             */
            readonly since: string;
            /** Why */
            readonly why: string;
        };
        /**
         * StyleEdit
         * @description Other subtitles or another level of the music. Fields of the subtitles that are not named stay as they are.
         */
        readonly StyleEdit: {
            /**
             * Hold
             * @description Wait for a review of this change before going on
             * @default false
             */
            readonly hold: boolean;
            /** @default null */
            readonly music: components["schemas"]["MusicLevel"] | null;
            /** @default null */
            readonly subtitles: components["schemas"]["SubtitleStyle"] | null;
        };
        /**
         * SubtitlePreview
         * @description Some words, how they look, and where: over a clip or an image of the user's, or over an empty scene.
         */
        readonly SubtitlePreview: {
            /**
             * Asset
             * @description A clip or an image to show behind the words
             * @default null
             */
            readonly asset: string | null;
            /**
             * At
             * @description How much of the words has been spoken
             * @default 0.5
             */
            readonly at: number;
            /**
             * @description Where the video is going to be posted
             * @default tiktok
             */
            readonly preset: components["schemas"]["PresetName"];
            /**
             * @default {
             *       "box_colour": "#000000",
             *       "box_opacity": 0.7,
             *       "box_padding": 20,
             *       "box_radius": 18,
             *       "colour": "#FFFFFF",
             *       "font": "Lato",
             *       "glow": 0,
             *       "glow_colour": null,
             *       "highlight": "#FFD60A",
             *       "outline": 3,
             *       "outline_colour": "#000000",
             *       "pop_strength": 0.2,
             *       "preset": "karaoke",
             *       "shadow": 0,
             *       "size": 48,
             *       "y": 0.85
             *     }
             */
            readonly style: components["schemas"]["SubtitleStyle"];
            /** Text */
            readonly text: string;
        };
        /**
         * SubtitlesResource
         * @description Subtitles as they were understood. ``duration_s`` is the end of the last one.
         */
        readonly SubtitlesResource: {
            /** Cues */
            readonly cues: readonly components["schemas"]["SrtCue"][];
            /** Duration S */
            readonly duration_s: number;
        };
        /**
         * SubtitleStyle
         * @description How the words look. Sizes in pixels of a picture 1080 wide (or 1080 high if it lies).
         */
        readonly SubtitleStyle: {
            /**
             * Box Colour
             * @default #000000
             */
            readonly box_colour: string;
            /**
             * Box Opacity
             * @description Of the box in boxed; 0: not seen, 1: solid
             * @default 0.7
             */
            readonly box_opacity: number;
            /**
             * Box Padding
             * @description From the words to the box's sides
             * @default 20
             */
            readonly box_padding: number;
            /**
             * Box Radius
             * @description Of the box's corners; 0: not round
             * @default 18
             */
            readonly box_radius: number;
            /**
             * Colour
             * @default #FFFFFF
             */
            readonly colour: string;
            /**
             * Font
             * @default Lato
             * @enum {string}
             */
            readonly font: "Alegreya Sans" | "Anton" | "Archivo Black" | "Barlow" | "Bebas Neue" | "DM Serif Display" | "Fira Sans" | "Kanit" | "Lato" | "Poppins";
            /**
             * Glow
             * @default 0
             */
            readonly glow: number;
            /**
             * Glow Colour
             * @description null: the highlight's in the preset glow, else the outline's
             * @default null
             */
            readonly glow_colour: string | null;
            /**
             * Highlight
             * @default #FFD60A
             */
            readonly highlight: string;
            /**
             * Outline
             * @default 3
             */
            readonly outline: number;
            /**
             * Outline Colour
             * @default #000000
             */
            readonly outline_colour: string;
            /**
             * Pop Strength
             * @description By what share the spoken word grows in pop
             * @default 0.2
             */
            readonly pop_strength: number;
            /**
             * Preset
             * @description karaoke: the highlight runs through the words; pop: the spoken word grows; boxed: on a box; glow: the spoken word shines; clean: nothing moves; none: no subtitles
             * @default karaoke
             * @enum {string}
             */
            readonly preset: "karaoke" | "clean" | "none" | "pop" | "boxed" | "glow";
            /**
             * Shadow
             * @default 0
             */
            readonly shadow: number;
            /**
             * Size
             * @default 48
             */
            readonly size: number;
            /**
             * Y
             * @description Where the last line stands, from the top, as a share of the height
             * @default 0.85
             */
            readonly y: number;
        };
        /**
         * Timeline
         * @description The edit of one variant. Clips lie end to end and cover every frame; ``transition`` lies around each cut, as far
         *     as the clips have pictures for it, and moves none.
         */
        readonly Timeline: {
            /** Clips */
            readonly clips: readonly components["schemas"]["Clip"][];
            /** Cues */
            readonly cues: readonly components["schemas"]["Cue"][];
            /**
             * @default {
             *       "brightness": 0,
             *       "contrast": 1,
             *       "denoise": null,
             *       "saturation": 1,
             *       "sharpen": null
             *     }
             */
            readonly filters: components["schemas"]["Filters"];
            /**
             * Fps
             * @default 30
             */
            readonly fps: number;
            /** Frames */
            readonly frames: number;
            /** @default null */
            readonly logo: components["schemas"]["Logo"] | null;
            /** @default null */
            readonly music: components["schemas"]["MusicTrack"] | null;
            /** @default null */
            readonly original: components["schemas"]["OriginalSound"] | null;
            readonly subtitles: components["schemas"]["SubtitleStyle"];
            /**
             * @default {
             *       "duration_s": 0.5,
             *       "kind": "cut"
             *     }
             */
            readonly transition: components["schemas"]["TransitionStyle"];
            /**
             * Version
             * @default 1
             * @constant
             */
            readonly version: 1;
            /** @default null */
            readonly voice: components["schemas"]["VoiceTrack"] | null;
        };
        /**
         * Transform
         * @description How a picture is laid into the frame, applied in this order: flipped, rotated (degrees clockwise), scaled beyond
         *     what fills the frame, moved (shares of what lies outside the frame, -1..1), made see-through over black.
         */
        readonly Transform: {
            /**
             * Flip X
             * @default false
             */
            readonly flip_x: boolean;
            /**
             * Flip Y
             * @default false
             */
            readonly flip_y: boolean;
            /**
             * Opacity
             * @default 1
             */
            readonly opacity: number;
            /**
             * Pan X
             * @default 0
             */
            readonly pan_x: number;
            /**
             * Pan Y
             * @default 0
             */
            readonly pan_y: number;
            /**
             * Rotate
             * @default 0
             * @enum {integer}
             */
            readonly rotate: 0 | 90 | 180 | 270;
            /**
             * Scale
             * @default 1
             */
            readonly scale: number;
        };
        /**
         * TransitionStyle
         * @description How one clip becomes the next. It lies around the cut, as near to its middle as the footage allows. Seconds.
         */
        readonly TransitionStyle: {
            /**
             * Duration S
             * @default 0.5
             */
            readonly duration_s: number;
            /**
             * Kind
             * @default cut
             * @enum {string}
             */
            readonly kind: "cut" | "crossfade" | "zoom";
        };
        /**
         * Try
         * @description One try that came to nothing: when it ended, in which process, and why.
         */
        readonly Try: {
            /**
             * At
             * Format: date-time
             */
            readonly at: string;
            /** Code */
            readonly code: string;
            /** Message */
            readonly message: string;
            /** Worker */
            readonly worker: string;
        };
        /**
         * UploadDetails
         * @description What the part ``details`` of a form may say of its file, as a JSON object. Not said: as in the query.
         */
        readonly UploadDetails: {
            /**
             * @description What the file is for
             * @default null
             */
            readonly kind: components["schemas"]["AssetKind"] | null;
            /**
             * Name
             * @description The file's name, to show, instead of its own
             * @default null
             */
            readonly name: string | null;
        };
        /**
         * UploadResource
         * @description An upload in parts: ``offset`` of ``length`` bytes are there. ``checking``: all are, and they are looked at.
         */
        readonly UploadResource: {
            readonly asset: components["schemas"]["AssetResource"] | null;
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            readonly expires_at: string;
            readonly fault: components["schemas"]["FaultReport"] | null;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            readonly kind: components["schemas"]["AssetKind"];
            /** Length */
            readonly length: number;
            /** Name */
            readonly name: string;
            /** Offset */
            readonly offset: number;
            /**
             * State
             * @enum {string}
             */
            readonly state: "receiving" | "checking" | "done" | "refused";
            /** Url */
            readonly url: string;
        };
        /**
         * Verdict
         * @description How an inbox does.
         * @enum {string}
         */
        readonly Verdict: "ok" | "busy" | "stuck" | "no_worker";
        /**
         * VideoCard
         * @description A video as the library shows it. ``duration_s`` is that of its files, or of its plan as soon as there is one.
         */
        readonly VideoCard: {
            /** Created At */
            readonly created_at: string | null;
            /** Deleted At */
            readonly deleted_at: string | null;
            /** Duration S */
            readonly duration_s: number | null;
            /** Files */
            readonly files: readonly components["schemas"]["FileResource"][];
            /** Finished At */
            readonly finished_at: string | null;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /**
             * Job
             * Format: uuid
             */
            readonly job: string;
            /** Kind */
            readonly kind: string;
            /** Name */
            readonly name: string;
            /** Number */
            readonly number: number;
            /** Presets */
            readonly presets: readonly components["schemas"]["PresetName"][];
            /** Project */
            readonly project: string | null;
            /**
             * Quality
             * @enum {string}
             */
            readonly quality: "final" | "draft";
            /** Review */
            readonly review: ("script" | "voice" | "plan") | null;
            /** Share */
            readonly share: number;
            readonly state: components["schemas"]["State"];
            /** Thumbnail Url */
            readonly thumbnail_url: string | null;
        };
        /**
         * VideoResource
         * @description One variant of a job. ``review`` is what it waits for, null if it does not. While something of it is made anew
         *     ``files`` are those of an earlier run, ``files_run``. ``eta_s``: seconds until it is finished, as far as anybody can
         *     tell; null if nobody can, or nothing is under way. ``deleted_at``: put into the trash.
         */
        readonly VideoResource: {
            /** Deleted At */
            readonly deleted_at: string | null;
            /**
             * Eta S
             * @default null
             */
            readonly eta_s: number | null;
            readonly fault: components["schemas"]["FaultReport"] | null;
            /** Files */
            readonly files: readonly components["schemas"]["FileResource"][];
            /** Files Run */
            readonly files_run: number | null;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /**
             * Job
             * Format: uuid
             */
            readonly job: string;
            /** Match Report Url */
            readonly match_report_url: string;
            /** Name */
            readonly name: string;
            /** Number */
            readonly number: number;
            /** Review */
            readonly review: ("script" | "voice" | "plan") | null;
            /** Review Url */
            readonly review_url: string;
            /** Run */
            readonly run: number;
            /** Share */
            readonly share: number;
            readonly state: components["schemas"]["State"];
            /** Steps */
            readonly steps: readonly components["schemas"]["StepView"][];
            /** Thumbnail Url */
            readonly thumbnail_url: string | null;
            /** Timeline Url */
            readonly timeline_url: string;
        };
        /**
         * Voice
         * @description A voice and how fast it speaks. ``auto`` takes the best offline voice for the language.
         *
         *
         *     ``name`` is a voice of this machine, or with ``elevenlabs`` the id of one of its voices. What follows ``speed`` is
         *     for ElevenLabs alone; the defaults are that service's own. ``fallback`` tells who speaks if it can't.
         */
        readonly Voice: {
            /**
             * Fallback
             * @default none
             * @enum {string}
             */
            readonly fallback: "none" | "offline";
            /**
             * Model
             * @default null
             */
            readonly model: string | null;
            /**
             * Name
             * @default null
             */
            readonly name: string | null;
            /**
             * Provider
             * @default auto
             * @enum {string}
             */
            readonly provider: "auto" | "piper" | "espeak" | "elevenlabs";
            /**
             * Similarity
             * @default 0.75
             */
            readonly similarity: number;
            /**
             * Speed
             * @default 1
             */
            readonly speed: number;
            /**
             * Stability
             * @default 0.5
             */
            readonly stability: number;
            /**
             * Style
             * @default 0
             */
            readonly style: number;
        };
        /**
         * VoiceChoice
         * @description Who speaks: a voice, or by ``saved`` one that the user's profile keeps under a name of its own.
         *
         *     ``saved`` never travels: the gateway puts the voice itself in its place, so that what is asked is what is spoken.
         */
        readonly VoiceChoice: {
            /**
             * Fallback
             * @default none
             * @enum {string}
             */
            readonly fallback: "none" | "offline";
            /**
             * Model
             * @default null
             */
            readonly model: string | null;
            /**
             * Name
             * @default null
             */
            readonly name: string | null;
            /**
             * Provider
             * @default auto
             * @enum {string}
             */
            readonly provider: "auto" | "piper" | "espeak" | "elevenlabs";
            /**
             * Saved
             * @default null
             */
            readonly saved: string | null;
            /**
             * Similarity
             * @default 0.75
             */
            readonly similarity: number;
            /**
             * Speed
             * @default 1
             */
            readonly speed: number;
            /**
             * Stability
             * @default 0.5
             */
            readonly stability: number;
            /**
             * Style
             * @default 0
             */
            readonly style: number;
        };
        /**
         * VoiceList
         * @description All voices, the better ones of a language first. ``default`` speaks English if a brief names nobody.
         */
        readonly VoiceList: {
            /** Default */
            readonly default: string | null;
            /** Items */
            readonly items: readonly components["schemas"]["VoiceResource"][];
        };
        /**
         * VoiceMade
         * @description How it is spoken: the sound to listen to (WAV), and the time of each word in seconds.
         */
        readonly VoiceMade: {
            readonly asked: components["schemas"]["VoiceChoice"];
            /** Duration S */
            readonly duration_s: number;
            /** Provider */
            readonly provider: string;
            /** Url */
            readonly url: string;
            /** Voice Name */
            readonly voice_name: string;
            /** Words */
            readonly words: readonly components["schemas"]["Word"][];
        };
        /**
         * VoiceResource
         * @description A voice. A brief asks for it by ``voice: {provider, name: id}``. ``reason`` says why it can't speak now.
         */
        readonly VoiceResource: {
            /** Available */
            readonly available: boolean;
            /** Id */
            readonly id: string;
            /** Language */
            readonly language: string;
            /** Languages */
            readonly languages: readonly string[];
            /** Name */
            readonly name: string;
            /** Paid */
            readonly paid: boolean;
            /** Provider */
            readonly provider: string;
            /**
             * Quality
             * @enum {string}
             */
            readonly quality: "neural" | "robotic" | "studio";
            /** Reason */
            readonly reason: string | null;
            /** Sample Url */
            readonly sample_url: string | null;
        };
        /**
         * VoiceTrack
         * @description The voice-over. ``start_s``: how long nobody speaks yet, because there is an intro.
         */
        readonly VoiceTrack: {
            /** Duration S */
            readonly duration_s: number;
            readonly source: components["schemas"]["BlobRef"];
            /**
             * Start S
             * @default 0
             */
            readonly start_s: number;
        };
        /**
         * WebhookAsked
         * @description A new endpoint: where, and of what it is to be told (of everything, if not said).
         */
        readonly WebhookAsked: {
            /**
             * Description
             * @default
             */
            readonly description: string;
            /**
             * Enabled
             * @default true
             */
            readonly enabled: boolean;
            /**
             * Types
             * @default [
             *       "job.completed",
             *       "job.failed",
             *       "job.cancelled",
             *       "video.stored",
             *       "video.waiting_for_review",
             *       "video.failed"
             *     ]
             */
            readonly types: readonly components["schemas"]["WebhookType"][];
            /** Url */
            readonly url: string;
        };
        /**
         * WebhookChange
         * @description What is to be different; what is not named stays.
         */
        readonly WebhookChange: {
            /**
             * Description
             * @default null
             */
            readonly description: string | null;
            /**
             * Enabled
             * @default null
             */
            readonly enabled: boolean | null;
            /**
             * Types
             * @default null
             */
            readonly types: readonly components["schemas"]["WebhookType"][] | null;
            /**
             * Url
             * @default null
             */
            readonly url: string | null;
        };
        /**
         * WebhookList
         * @description All endpoints, the newest first.
         */
        readonly WebhookList: {
            /** Items */
            readonly items: readonly components["schemas"]["WebhookResource"][];
        };
        /**
         * WebhookResource
         * @description An endpoint. ``disabled_reason`` says why the system disabled it, if it was not its owner.
         */
        readonly WebhookResource: {
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Deliveries Url */
            readonly deliveries_url: string;
            /** Description */
            readonly description: string;
            /** Disabled Reason */
            readonly disabled_reason: string;
            /** Enabled */
            readonly enabled: boolean;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /** Types */
            readonly types: readonly string[];
            /** Url */
            readonly url: string;
        };
        /**
         * WebhookType
         * @description What an endpoint can be told of.
         * @enum {string}
         */
        readonly WebhookType: "job.completed" | "job.failed" | "job.cancelled" | "video.stored" | "video.waiting_for_review" | "video.failed";
        /**
         * WebhookWithSecret
         * @description An endpoint with its new signing secret, which is shown this once.
         */
        readonly WebhookWithSecret: {
            /**
             * Created At
             * Format: date-time
             */
            readonly created_at: string;
            /** Deliveries Url */
            readonly deliveries_url: string;
            /** Description */
            readonly description: string;
            /** Disabled Reason */
            readonly disabled_reason: string;
            /** Enabled */
            readonly enabled: boolean;
            /**
             * Id
             * Format: uuid
             */
            readonly id: string;
            /** Secret */
            readonly secret: string;
            /** Types */
            readonly types: readonly string[];
            /** Url */
            readonly url: string;
        };
        /**
         * Word
         * @description A word as it is typed in the subtitles, and when it is heard.
         */
        readonly Word: {
            /** End S */
            readonly end_s: number;
            /** Phrase */
            readonly phrase: number;
            /** Start S */
            readonly start_s: number;
            /** Text */
            readonly text: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly HealthLiveLive: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: string;
                    };
                };
            };
        };
    };
    readonly HealthPipelinePipelineHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PipelineHealth"];
                };
            };
        };
    };
    readonly HealthReadyReady: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
    };
    readonly V1AssetsListAssets: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Only favourites; or, with false, only others */
                readonly favourite?: boolean | null;
                /** @description Only uploads with this keyword */
                readonly keyword?: string | null;
                readonly kind?: components["schemas"]["AssetKind"] | null;
                /** @description Items a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_AssetResource_"];
                };
            };
        };
    };
    readonly V1AssetsUploadAsset: {
        readonly parameters: {
            readonly query?: {
                /** @description What an upload is for. The kind decides which contents are accepted. */
                readonly kind?: components["schemas"]["AssetKind"];
                /** @description The file's name, to show */
                readonly name?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** @description The bytes of the file, or a form with it and, best before it, its details. Its type is told by its content. */
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": string;
                readonly "multipart/form-data": {
                    readonly details?: components["schemas"]["UploadDetails"];
                    /** Format: binary */
                    readonly file: string;
                };
            };
        };
        readonly responses: {
            /** @description The same bytes were there before */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AssetResource"];
                };
            };
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    readonly V1AssetsReadAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    readonly V1AssetsAnalysisReadAnalysis: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AnalysisResource"];
                };
            };
        };
    };
    readonly V1AssetsFileDownloadAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/flac": string;
                    readonly "audio/mp4": string;
                    readonly "audio/mpeg": string;
                    readonly "audio/ogg": string;
                    readonly "audio/wav": string;
                    readonly "audio/webm": string;
                    readonly "audio/x-matroska": string;
                    readonly "image/gif": string;
                    readonly "image/jpeg": string;
                    readonly "image/png": string;
                    readonly "image/webp": string;
                    readonly "video/mp2t": string;
                    readonly "video/mp4": string;
                    readonly "video/ogg": string;
                    readonly "video/quicktime": string;
                    readonly "video/webm": string;
                    readonly "video/x-matroska": string;
                    readonly "video/x-msvideo": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/flac": string;
                    readonly "audio/mp4": string;
                    readonly "audio/mpeg": string;
                    readonly "audio/ogg": string;
                    readonly "audio/wav": string;
                    readonly "audio/webm": string;
                    readonly "audio/x-matroska": string;
                    readonly "image/gif": string;
                    readonly "image/jpeg": string;
                    readonly "image/png": string;
                    readonly "image/webp": string;
                    readonly "video/mp2t": string;
                    readonly "video/mp4": string;
                    readonly "video/ogg": string;
                    readonly "video/quicktime": string;
                    readonly "video/webm": string;
                    readonly "video/x-matroska": string;
                    readonly "video/x-msvideo": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1AssetsMediaPartGetAssetMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly asset: string;
                readonly part: "filmstrip" | "waveform" | "proxy";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                    readonly "image/png": string;
                    readonly "video/mp4": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                    readonly "image/png": string;
                    readonly "video/mp4": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1AssetsMediaPartHeadAssetMedia: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly asset: string;
                readonly part: "filmstrip" | "waveform" | "proxy";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                    readonly "image/png": string;
                    readonly "video/mp4": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1AssetsNotesReadNotes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Notes"];
                };
            };
        };
    };
    readonly V1AssetsNotesWriteNotes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of the notes that were read */
                readonly "If-Match"?: string | null;
            };
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Notes"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Notes"];
                };
            };
        };
    };
    readonly V1AssetsThumbnailAssetThumbnail: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly asset: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1AssetsFetchFetchAsset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Fetch"];
            };
        };
        readonly responses: {
            /** @description The same bytes were there before */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AssetResource"];
                };
            };
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AssetResource"];
                };
            };
        };
    };
    readonly V1AsyncapiJsonAsyncapi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
        };
    };
    readonly V1DeadLettersListLetters: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Only of this inbox */
                readonly inbox?: string | null;
                /** @description Items a page */
                readonly limit?: number;
                /** @description Only those put aside for this reason */
                readonly reason?: "unreadable" | "failed" | "worker_lost" | "terminated" | "undelivered" | "work_lost" | null;
                /** @description Only those that were, or were not */
                readonly replayed?: boolean | null;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_LetterResource_"];
                };
            };
        };
    };
    readonly V1DeadLettersReadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly letter: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LetterDetail"];
                };
            };
        };
    };
    readonly V1DeadLettersReplayReplayLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly letter: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LetterResource"];
                };
            };
        };
    };
    readonly V1DeadLettersReplayReplayLetters: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReplaySome"];
            };
        };
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    readonly V1EventsAllEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Last-Event-ID"?: string | null;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stream Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": {
                        readonly data?: string;
                        /** @description What happened, such as video.rendered, progress or job.completed */
                        readonly event?: string;
                        /** @description Its place; as Last-Event-ID it asks for what follows */
                        readonly id?: string;
                        readonly retry?: number;
                    };
                };
            };
        };
    };
    readonly V1JobsListJobs: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Items a page */
                readonly limit?: number;
                /** @description Words of the title, or parts of words */
                readonly q?: string;
                /** @description Only jobs in this state */
                readonly state?: components["schemas"]["State"] | null;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_JobResource_"];
                };
            };
        };
    };
    readonly V1JobsSubmitJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Same key, same brief: same job */
                readonly "Idempotency-Key"?: string | null;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AnyBrief"];
            };
        };
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    readonly V1JobsReadJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly job: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    readonly V1JobsCancelCancelJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly job: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    readonly V1JobsEventsJobEvents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Last-Event-ID"?: string | null;
            };
            readonly path: {
                readonly job: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Stream Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": {
                        readonly data?: string;
                        /** @description What happened, such as video.rendered, progress or job.completed */
                        readonly event?: string;
                        /** @description Its place; as Last-Event-ID it asks for what follows */
                        readonly id?: string;
                        readonly retry?: number;
                    };
                };
            };
        };
    };
    readonly V1JobsRetryRetryJob: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly job: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["JobResource"];
                };
            };
        };
    };
    readonly V1OptionsReadOptions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OptionsResource"];
                };
            };
        };
    };
    readonly V1ProfileReadOwnProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallerResource"];
                };
            };
        };
    };
    readonly V1ProfileChangeOwnProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OwnChange"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    readonly V1ProfileKeyRevokeRevokeOwnKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["KeyResource"];
                };
            };
        };
    };
    readonly V1ProfileKeysListOwnKeys: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_KeyResource_"];
                };
            };
        };
    };
    readonly V1ProfilesListProfiles: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Items a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_ProfileResource_"];
                };
            };
        };
    };
    readonly V1ProfilesCreateProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewProfile"];
            };
        };
        readonly responses: {
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    readonly V1ProfilesReadProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly profile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    readonly V1ProfilesChangeProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly profile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ProfileChange"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProfileResource"];
                };
            };
        };
    };
    readonly V1ProfilesKeysListKeys: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly profile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_KeyResource_"];
                };
            };
        };
    };
    readonly V1ProfilesKeysCreateKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly profile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewKey"];
            };
        };
        readonly responses: {
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MadeKey"];
                };
            };
        };
    };
    readonly V1ProfilesKeysRevokeKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly key: string;
                readonly profile: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["KeyResource"];
                };
            };
        };
    };
    readonly V1ProjectsListProjects: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Items a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_ProjectResource_"];
                };
            };
        };
    };
    readonly V1SessionReadSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionResource"];
                };
            };
        };
    };
    readonly V1SessionSignIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SignIn"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SessionResource"];
                };
            };
        };
    };
    readonly V1SessionSignOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, nothing follows */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1SubtitlesReadSubtitles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** @description An SRT file of at most 1 MiB in UTF-8, UTF-16 with a byte order mark, or Windows-1252. */
        readonly requestBody: {
            readonly content: {
                readonly "application/x-subrip": string;
                readonly "text/plain": string;
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubtitlesResource"];
                };
            };
        };
    };
    readonly V1SubtitlesPreviewPreviewSubtitles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SubtitlePreview"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
        };
    };
    readonly V1UploadsListUploads: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_UploadResource_"];
                };
            };
        };
    };
    readonly V1UploadsBeginUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description 1.0.0 */
                readonly "Tus-Resumable"?: string | null;
                /** @description Not taken here */
                readonly "Upload-Defer-Length"?: string | null;
                /** @description Bytes of the whole file */
                readonly "Upload-Length"?: string | null;
                /** @description filename and kind, their values in Base64 */
                readonly "Upload-Metadata"?: string | null;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/offset+octet-stream": string;
            };
        };
        readonly responses: {
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1UploadsReadUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly upload: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UploadResource"];
                };
            };
        };
    };
    readonly V1UploadsEndUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description 1.0.0 */
                readonly "Tus-Resumable"?: string | null;
            };
            readonly path: {
                readonly upload: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, nothing follows */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1UploadsUploadOffset: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description 1.0.0 */
                readonly "Tus-Resumable"?: string | null;
            };
            readonly path: {
                readonly upload: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1UploadsAppendToUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description 1.0.0 */
                readonly "Tus-Resumable"?: string | null;
                /** @description Bytes that are there already */
                readonly "Upload-Offset"?: string | null;
            };
            readonly path: {
                readonly upload: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/offset+octet-stream": string;
            };
        };
        readonly responses: {
            /** @description Request fulfilled, nothing follows */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1VideosListVideos: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description What is in the trash instead of the rest */
                readonly deleted?: boolean;
                /** @description Of which way in */
                readonly kind?: string | null;
                /** @description Items a page */
                readonly limit?: number;
                /** @description Only videos with a file of it */
                readonly preset?: components["schemas"]["PresetName"] | null;
                /** @description Only videos of this project */
                readonly project?: string | null;
                /** @description Words of the name, or parts of words */
                readonly q?: string;
                /** @description newest, oldest, name or longest first */
                readonly sort?: components["schemas"]["Sort"];
                /** @description Only videos in this state */
                readonly state?: components["schemas"]["State"] | null;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_VideoCard_"];
                };
            };
        };
    };
    readonly V1VideosReadVideo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    readonly V1VideosDeleteVideo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    readonly V1VideosRenameVideo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Naming"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    readonly V1VideosApproveApprove: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Same key, same request: done once */
                readonly "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                readonly "If-Match"?: string | null;
            };
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    readonly V1VideosFilesPresetGetDownloadFile: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                /** @description Where a video is going to be posted. */
                readonly preset: components["schemas"]["PresetName"];
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1VideosFilesPresetHeadDownloadFile: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                /** @description Where a video is going to be posted. */
                readonly preset: components["schemas"]["PresetName"];
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1VideosMatchReportReadMatchReport: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MatchReport"];
                };
            };
        };
    };
    readonly V1VideosMatchesPhraseEditMatch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Same key, same request: done once */
                readonly "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                readonly "If-Match"?: string | null;
            };
            readonly path: {
                readonly phrase: number;
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MatchEdit"];
            };
        };
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    readonly V1VideosRestoreRestoreVideo: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoCard"];
                };
            };
        };
    };
    readonly V1VideosReviewReadReview: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReviewResource"];
                };
            };
        };
    };
    readonly V1VideosScriptEditScript: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Same key, same request: done once */
                readonly "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                readonly "If-Match"?: string | null;
            };
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ScriptEdit"];
            };
        };
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    readonly V1VideosStyleEditStyle: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Same key, same request: done once */
                readonly "Idempotency-Key"?: string | null;
                /** @description The ETag of the review that was read */
                readonly "If-Match"?: string | null;
            };
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StyleEdit"];
            };
        };
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VideoResource"];
                };
            };
        };
    };
    readonly V1VideosSubtitlesAssExportAss: {
        readonly parameters: {
            readonly query?: {
                readonly preset?: components["schemas"]["PresetName"] | null;
            };
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/x-ssa": string;
                };
            };
        };
    };
    readonly V1VideosSubtitlesSrtExportSrt: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-subrip": string;
                };
            };
        };
    };
    readonly V1VideosSubtitlesVttExportVtt: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/vtt": string;
                };
            };
        };
    };
    readonly V1VideosThumbnailVideoThumbnail: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1VideosTimelineReadTimeline: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Timeline"];
                };
            };
        };
    };
    readonly V1VideosTimelineOtioExportOtio: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Record<string, never>;
                };
            };
        };
    };
    readonly V1VideosVoiceWavReadVoice: {
        readonly parameters: {
            readonly query?: {
                /** @description Hash of the file */
                readonly v?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly video: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/wav": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/wav": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1VideosDeleteDeleteVideos: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Several"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    readonly V1VideosRestoreRestoreVideos: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Several"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Done"];
                };
            };
        };
    };
    readonly V1VoicesListVoices: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["VoiceList"];
                };
            };
        };
    };
    readonly V1VoicesSampleMp3VoiceSample: {
        readonly parameters: {
            readonly query?: {
                /** @description One of its languages; null: its own */
                readonly language?: string | null;
            };
            readonly header?: {
                /** @description ETags of what is there already */
                readonly "If-None-Match"?: string;
                /** @description The ETag of the file that the range is of; of another one the whole is sent */
                readonly "If-Range"?: string;
                /** @description The part that is wanted, such as bytes=0-99 */
                readonly Range?: string;
            };
            readonly path: {
                readonly voice: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": string;
                };
            };
            /** @description A part of the file */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "audio/mpeg": string;
                };
            };
            /** @description Not changed */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1WebhooksListWebhooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookList"];
                };
            };
        };
    };
    readonly V1WebhooksCreateWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookAsked"];
            };
        };
        readonly responses: {
            /** @description Document created, URL follows */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
        };
    };
    readonly V1WebhooksReadWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookResource"];
                };
            };
        };
    };
    readonly V1WebhooksRemoveWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, nothing follows */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly V1WebhooksChangeWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookChange"];
            };
        };
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookResource"];
                };
            };
        };
    };
    readonly V1WebhooksDeliveriesListDeliveries: {
        readonly parameters: {
            readonly query?: {
                /** @description next_cursor of the page before */
                readonly cursor?: string | null;
                /** @description Items a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Page_DeliveryResource_"];
                };
            };
        };
    };
    readonly V1WebhooksDeliveriesDeliveryRedeliverRedeliver: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly delivery: string;
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeliveryResource"];
                };
            };
        };
    };
    readonly V1WebhooksRotateRotateWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request fulfilled, document follows */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
        };
    };
    readonly V1WebhooksTestTestWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly webhook: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Request accepted, processing continues off-line */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeliveryResource"];
                };
            };
        };
    };
}
