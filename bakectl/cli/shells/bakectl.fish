# Completion of bakectl for fish: bakectl completion fish | source
function __bakectl_complete
    set -l typed (commandline -opc) (commandline -ct)
    for line in (command bakectl __complete fish $typed[2..-1] 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c bakectl -f -a '(__bakectl_complete)'
